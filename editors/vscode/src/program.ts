/** Which program is the server: the configured one, the workspace's own, or that on PATH. */

import { execFile } from "node:child_process";
import * as path from "node:path";

/** A program and the words that it is started with. */
export interface Program {
  command: string;
  args: string[];
}

/** Whether a program can be started, by its answer to `--version`. */
export type Probe = (program: Program) => Promise<boolean>;

/** Return the programs to try, the likeliest first; what is configured is tried alone. */
export function candidates(
  configured: readonly string[],
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Program[] {
  const [command, ...args] = configured;
  if (command !== undefined) {
    return [{ command, args }];
  }
  const [folder, name] = platform === "win32" ? ["Scripts", "iopctl.exe"] : ["bin", "iopctl"];
  const join = platform === "win32" ? path.win32.join : path.posix.join;
  const own = folders.map((each) => ({ command: join(each, ".venv", folder, name), args: [] }));
  return [...own, { command: "iopctl", args: [] }];
}

/** Return the first program that can be started; undefined where none can. */
export async function found(programs: Program[], probe: Probe): Promise<Program | undefined> {
  for (const each of programs) {
    if (await probe(each)) {
      return each;
    }
  }
  return undefined;
}

/** Ask a program for its version; it has ten seconds to answer. */
export function answers({ command, args }: Program): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, [...args, "--version"], { timeout: 10_000 }, (error, out) => {
      resolve(error === null && out.startsWith("iopctl "));
    });
  });
}
