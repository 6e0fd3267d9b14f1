-- What `iopctl lsp` tells, in Neovim 0.7 or later: put this into your configuration, or
--   :luafile editors/neovim/iopctl.lua
-- IOPCTL names another program than the iopctl on PATH, with its words parted by blanks.
local command = vim.split(vim.env.IOPCTL or "iopctl", " ", { trimempty = true })
table.insert(command, "lsp")

local function root(path)
  local marks = vim.fs and vim.fs.find({ "iopctl.toml", "agreements", ".git" }, { path = path, upward = true })
  return marks and marks[1] and vim.fs.dirname(marks[1]) or vim.fn.fnamemodify(path, ":p:h:h")
end

local clients = {}

local function start(config, buffer)
  if vim.lsp.start then
    return vim.lsp.start(config, { bufnr = buffer })
  end
  clients[config.root_dir] = clients[config.root_dir] or vim.lsp.start_client(config)
  return vim.lsp.buf_attach_client(buffer, clients[config.root_dir])
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = "yaml",
  callback = function(event)
    local path = vim.api.nvim_buf_get_name(event.buf)
    start({ name = "iopctl", cmd = command, root_dir = root(path) }, event.buf)
  end,
})
