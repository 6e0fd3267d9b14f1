/** What `iopctl lsp` tells, in VS Code; budget and invoices in a text beside the agreement. */

import * as vscode from "vscode";
import {
  type ExecuteCommandSignature,
  LanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient/node";

import { answers, candidates, found, type Program } from "./program";

const SCHEME = "iopctl";
const SERVER = "iopctl.server";
const INSTALL = 'python -m pip install "iopctl[editor]"';

let client: LanguageClient | undefined;

/** The texts beside agreements, by their addresses. */
class Papers implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Show a text beside the agreement; shown again, it takes the place of the one before. */
  async show(agreement: string, kind: string, text: string): Promise<void> {
    const name = agreement.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}-${kind}.txt` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const papers = new Papers();
  const say = (sv: string, en: string) => (vscode.env.language.startsWith("sv") ? sv : en);

  /** Have the server write a paper, and show it. */
  async function show(kind: string, agreement?: string): Promise<void> {
    const uri = agreement ?? vscode.window.activeTextEditor?.document.uri.toString();
    const text: unknown = await client?.sendRequest("workspace/executeCommand", {
      command: `${SERVER}.${kind}`,
      arguments: [uri],
    });
    if (typeof text === "string" && uri !== undefined) {
      await papers.show(uri, kind, text);
    } else {
      void vscode.window.showInformationMessage(
        say("Här finns inget avtal som kan läsas.", "There is no agreement here that can be read."),
      );
    }
  }

  /** Ask for the reason to stand by a finding under the cursor, and have it written. */
  async function accept(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    const line = editor.selection.active.line;
    const findings = vscode.languages
      .getDiagnostics(editor.document.uri)
      .filter((each) => each.source === "iopctl" && each.range.start.line === line);
    const items = findings.map((each) => ({
      label: /\(([a-z-]+)\)$/.exec(each.message)?.[1] ?? "",
      detail: each.message,
      line: String(each.range.start.line),
    }));
    const chosen = items.length > 1 ? await vscode.window.showQuickPick(items) : items[0];
    const reason =
      chosen &&
      (await vscode.window.showInputBox({
        title: chosen.label,
        prompt: say("Varför står parterna fast vid det?", "Why do the parties stand by it?"),
      }));
    if (chosen && reason) {
      await client?.sendRequest("workspace/executeCommand", {
        command: `${SERVER}.accept`,
        arguments: [editor.document.uri.toString(), chosen.label, chosen.line, reason],
      });
    }
  }

  /** Start the server, or offer to install it. */
  async function start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("iopctl");
    const folders = (vscode.workspace.workspaceFolders ?? []).map((each) => each.uri.fsPath);
    const programs = candidates(settings.get<string[]>("command", []), folders);
    const program = await found(programs, answers);
    if (program === undefined) {
      await offer(say);
      return;
    }
    client = made(program, settings, (command, args, next) => {
      const kind = command.replace(`${SERVER}.`, "");
      const written = command.startsWith(SERVER) && kind !== "accept";
      return written ? show(kind, String(args[0])) : next(command, args);
    });
    await client.start();
  }

  async function restart(): Promise<void> {
    await client?.stop();
    client = undefined;
    await start();
  }

  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, papers),
    vscode.commands.registerCommand("iopctl.budget", () => show("budget")),
    vscode.commands.registerCommand("iopctl.invoices", () => show("invoices")),
    vscode.commands.registerCommand("iopctl.accept", accept),
    vscode.commands.registerCommand("iopctl.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (
        event.affectsConfiguration("iopctl.command") ||
        event.affectsConfiguration("iopctl.language")
      ) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function made(
  { command, args }: Program,
  settings: vscode.WorkspaceConfiguration,
  executeCommand: (
    command: string,
    args: unknown[],
    next: ExecuteCommandSignature,
  ) => vscode.ProviderResult<unknown>,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "yaml" }],
    initializationOptions: {
      language: settings.get<string>("language") || vscode.env.language,
      inlayHints: settings.get("inlayHints"),
    },
    synchronize: { configurationSection: "iopctl" },
    middleware: { executeCommand },
  };
  return new LanguageClient("iopctl", { command, args: [...args, "lsp"] }, options);
}

/** Offer to install iopctl in a terminal, where the user sees what is done, or to choose it. */
async function offer(say: (sv: string, en: string) => string): Promise<void> {
  const install = say("Installera i en terminal", "Install in a terminal");
  const choose = say("Ange programmet", "Name the program");
  const chosen = await vscode.window.showWarningMessage(
    say("iopctl hittas inte.", "iopctl is not found."),
    install,
    choose,
  );
  if (chosen === install) {
    const terminal = vscode.window.createTerminal("iopctl");
    terminal.show();
    terminal.sendText(INSTALL, false);
  } else if (chosen === choose) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "iopctl.command");
  }
}
