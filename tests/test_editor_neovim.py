"""A real editor: Neovim, without a screen, opens an agreement and is told what a check tells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import AGREEMENT, Run

NEOVIM = shutil.which("nvim")
EDITORS = Path(__file__).parents[1] / "editors"
SESSION = """\
vim.cmd("source " .. vim.env.SETTINGS)
vim.cmd("edit agreements/exempel-2024.yaml")

local function wait(what, wanted)
  if not vim.wait(20000, wanted, 10) then error("Neovim waited in vain for " .. what) end
end

local function told()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, string.format("%d:%d %s", each.lnum + 1, each.col + 1, each.code or each.user_data.lsp.code))
  end
  table.sort(found)
  return found
end

local function ask(method, more)
  local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, "utf-16"), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers) do return answer.result end
end

local record = {}
wait("the first findings", function() return #told() > 0 end)
record.opened = told()
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "title: [åäö" })
wait("a broken text", function() return #told() == 1 end)
record.broken = told()
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "title: IOP Exemplet" })
wait("a mended text", function() return #told() == #record.opened end)
record.mended = told()
vim.api.nvim_win_set_cursor(0, { vim.fn.search("Lokaler"), 40 })
record.hover = ask("textDocument/hover").contents.value
vim.fn.append(vim.fn.line("$"), "va")
vim.api.nvim_win_set_cursor(0, { vim.fn.line("$"), 2 })
record.keys = {}
for _, each in ipairs(ask("textDocument/completion").items) do table.insert(record.keys, each.label) end
vim.fn.writefile({ vim.fn.json_encode(record) }, vim.env.RECORD)
vim.cmd("qall!")
"""


def test_neovim_is_told_what_a_check_tells(tmp_path: Path, run: Run) -> None:
    """When it opens a file, when the text is broken, and when it is mended again."""
    assert NEOVIM, "Neovim is not installed: apt-get install neovim"
    (tmp_path / "agreements").mkdir()
    path = tmp_path / "agreements" / "exempel-2024.yaml"
    path.write_text(AGREEMENT, "utf-8")
    (tmp_path / "session.lua").write_text(SESSION, "utf-8")
    surroundings = {
        "IOPCTL": f"{sys.executable} -m iopctl",
        "SETTINGS": str(EDITORS / "neovim" / "iopctl.lua"),
        "RECORD": str(tmp_path / "record.json"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    ran = subprocess.run(
        [NEOVIM, "--headless", "--clean", "-n", "-c", "luafile session.lua", "-c", "cquit 3"],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))
    code, out, _ = run("check", path, "--format", "json")
    found = json.loads(out)
    expected = sorted(
        f"{each['line']}:{each['column']} {each['code']}" for each in found["findings"]
    )

    assert (record["opened"], record["mended"]) == (expected, expected)
    assert [each.split()[1] for each in record["broken"]] == ["IOP004"]
    assert "| 2024 | 450" in record["hover"]
    assert "validity" not in record["keys"]
    assert "volume" in record["keys"]
    assert code == 0
