import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, candidates, found } from "./program";

test("what is configured is tried alone", () => {
  assert.deepEqual(candidates(["uvx", "iopctl"], ["/avtal"], "linux"), [
    { command: "uvx", args: ["iopctl"] },
  ]);
});

test("a workspace's own program goes before that on PATH", () => {
  assert.deepEqual(
    candidates([], ["/avtal"], "linux").map((each) => each.command),
    ["/avtal/.venv/bin/iopctl", "iopctl"],
  );
  assert.deepEqual(
    candidates([], ["C:\\avtal"], "win32").map((each) => each.command),
    ["C:\\avtal\\.venv\\Scripts\\iopctl.exe", "iopctl"],
  );
});

test("the first that answers is taken, and none is none", async () => {
  const programs = candidates([], ["/a", "/b"], "linux");
  const second = await found(programs, async (each) => each.command.startsWith("/b"));
  const none = await found(programs, async () => false);
  assert.equal(second?.command, "/b/.venv/bin/iopctl");
  assert.equal(none, undefined);
});

test("a program that is another, or not there, does not answer", async () => {
  assert.equal(await answers({ command: process.execPath, args: [] }), false);
  assert.equal(await answers({ command: "/finns/inte", args: [] }), false);
});
