-- What every format of a paper asks of the document: safe links, pictures with captions, and tables
-- that can be styled.

local SCHEMES = { http = true, https = true, mailto = true }
local XML = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }

-- A link leads to the web or to a mailbox; any other is only its text.
local function safe(link)
  local scheme = link.target:match('^(%a[%w+.-]*):')
  if not scheme or not SCHEMES[scheme:lower()] then
    return link.content
  end
end

-- A picture with a title, alone in its paragraph, has the title for a caption.
local function captioned(paragraph)
  local image = paragraph.content[1]
  if #paragraph.content == 1 and image.t == 'Image' and image.title ~= '' then
    local caption = { pandoc.Plain({ pandoc.Str(image.title) }) }
    image.title = ''
    -- On a narrow screen it moves as a table does, so that its texts stay legible.
    local attributes = FORMAT:match('^html') and { tabindex = '0' } or {}
    return pandoc.Figure({ pandoc.Plain({ image }) }, { long = caption }, attributes)
  end
end

-- A picture lies in the paper itself: one from elsewhere has been refused.
local function own(image)
  local description = pandoc.utils.stringify(image.caption)
  image.caption = { pandoc.Str(description) }
  if FORMAT == 'docx' or FORMAT == 'odt' then
    -- Word's file would have the whole address in it, too.
    local kind, content = pandoc.mediabag.fetch(image.src)
    image.src = pandoc.utils.sha1(content)
    pandoc.mediabag.insert(image.src, kind, content)
  end
  if FORMAT == 'odt' then
    -- Here pandoc leaves the description out: this one is put into the picture's frame afterwards.
    local tag = '<svg:desc>' .. description:gsub('[&<>]', XML) .. '</svg:desc>'
    return { image, pandoc.RawInline('opendocument', tag) }
  end
  return image
end

-- Cells get paragraph styles of their own: OpenDocument's by themselves, Word's by a Div. They need a
-- paragraph for that: a Plain in Word, or nothing at all, would stand in the style of running text.
local function styled(rows, name)
  return rows:map(function(row)
    row.cells = row.cells:map(function(cell)
      if #cell.contents == 0 then
        cell.contents = pandoc.Blocks({ pandoc.Plain({ pandoc.Str('\u{a0}') }) })
      end
      if FORMAT == 'docx' then
        local paragraphs = cell.contents:walk({
          Plain = function(plain) return pandoc.Para(plain.content) end,
        })
        cell.contents = { pandoc.Div(paragraphs, { ['custom-style'] = name }) }
      end
      return cell
    end)
    return row
  end)
end

local tables = 0

local function stylable(tbl)
  if FORMAT:match('^html') then
    -- On a narrow screen the table moves, not the page. Pairs keep their order; keys would not.
    tables = tables + 1
    local name = 'Tabell ' .. tables
    local region = { { 'role', 'region' }, { 'tabindex', '0' }, { 'aria-label', name } }
    return pandoc.Div({ tbl }, pandoc.Attr('', { 'table' }, region))
  end
  if FORMAT == 'docx' or FORMAT == 'odt' then
    tbl.head.rows = styled(tbl.head.rows, 'Table Heading')
    tbl.bodies = tbl.bodies:map(function(body)
      body.body = styled(body.body, 'Table Contents')
      return body
    end)
    return tbl
  end
end

-- The title is what programs call the document by.
local function titled(doc)
  for _, block in ipairs(doc.blocks) do
    if block.t == 'Header' then
      doc.meta.pagetitle = pandoc.utils.stringify(block.content)
      return doc
    end
  end
end

return {
  { Para = captioned },
  { Link = safe, Image = own, Table = stylable, Pandoc = titled },
}
