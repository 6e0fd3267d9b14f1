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
end

-- Cells have paragraph styles of their own, which a reference document may set.
local function styled(rows, name)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      local style = { ['custom-style'] = name }
      cell.contents = { pandoc.Div(cell.contents, pandoc.Attr('', {}, style)) }
    end
  end
end

function Table(tbl)
  if FORMAT == 'html5' or FORMAT == 'html' then
    -- On a narrow screen the table moves, not the page.
    local attributes = { role = 'region', tabindex = '0', ['aria-label'] = 'Tabell' }
    return pandoc.Div({ tbl }, pandoc.Attr('', { 'table' }, attributes))
  end
  if FORMAT == 'docx' or FORMAT == 'odt' then
    styled(tbl.head.rows, 'Table Heading')
    for _, body in ipairs(tbl.bodies) do
      styled(body.body, 'Table Text')
    end
    return tbl
  end
end
