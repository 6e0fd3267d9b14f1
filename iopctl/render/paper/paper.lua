-- What every format of a paper asks of the document: safe links, and tables that can be styled.

local SCHEMES = { http = true, https = true, mailto = true }

-- A link leads to the web or to a mailbox; any other is only its text.
function Link(link)
  local scheme = link.target:match('^(%a[%w+.-]*):')
  if not scheme or not SCHEMES[scheme:lower()] then
    return link.content
  end
end

-- A picture lies in the paper itself; one from elsewhere is only its description.
function Image(image)
  if not image.src:match('^data:image/') then
    return image.caption
  end
  image.caption = { pandoc.Str(pandoc.utils.stringify(image.caption)) }
  if FORMAT == 'docx' or FORMAT == 'odt' then
    -- Word's file would have the whole address in it, too.
    local kind, content = pandoc.mediabag.fetch(image.src)
    image.src = pandoc.utils.sha1(content)
    pandoc.mediabag.insert(image.src, kind, content)
  end
  return image
end

-- Word's cells get paragraph styles of their own, as OpenDocument's have. They need a paragraph for
-- that: a Plain, or nothing at all, would stand in the style of running text.
local function styled(rows, name)
  return rows:map(function(row)
    row.cells = row.cells:map(function(cell)
      local paragraphs = cell.contents:walk({
        Plain = function(plain) return pandoc.Para(plain.content) end,
      })
      if #paragraphs == 0 then
        paragraphs = { pandoc.Para({ pandoc.Str('\u{a0}') }) }
      end
      cell.contents = { pandoc.Div(paragraphs, { ['custom-style'] = name }) }
      return cell
    end)
    return row
  end)
end

function Table(tbl)
  if FORMAT:match('^html') then
    -- On a narrow screen the table moves, not the page. Pairs keep their order; keys would not.
    local region = { { 'role', 'region' }, { 'tabindex', '0' }, { 'aria-label', 'Tabell' } }
    return pandoc.Div({ tbl }, pandoc.Attr('', { 'table' }, region))
  end
  if FORMAT == 'docx' then
    tbl.head.rows = styled(tbl.head.rows, 'Table Heading')
    tbl.bodies = tbl.bodies:map(function(body)
      body.body = styled(body.body, 'Table Contents')
      return body
    end)
    return tbl
  end
end

-- The title is what programs call the document by.
function Pandoc(doc)
  for _, block in ipairs(doc.blocks) do
    if block.t == 'Header' then
      doc.meta.pagetitle = pandoc.utils.stringify(block.content)
      return doc
    end
  end
end
