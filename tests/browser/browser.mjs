// A browser without a window, the service on a free port, and reports of the command, for the tests of a file.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(import.meta.dirname, "../..");
const tieout = process.env.TIEOUT ?? join(root, "target/debug/tieout");
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/// The browser, and a folder of the tests' own.
export async function open() {
  const folder = mkdtempSync(join(tmpdir(), "tieout-"));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  };
  return { browser, folder, close };
}

/// The service, stopped by `stop`.
export async function serve() {
  const child = spawn(tieout, ["serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  const line = await new Promise(resolve => createInterface(child.stdout).once("line", resolve));
  return { url: line.replace("tieout serves ", ""), stop: () => child.kill() };
}

/// The report of some files as an address to open; what does not tie is no failure.
export function report(folder, files, ...options) {
  const page = join(folder, `report-${process.hrtime.bigint()}.html`);
  try {
    execFileSync(tieout, ["check", ...files, "--format", "html", "-o", page, ...options]);
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  return pathToFileURL(page).href;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// What axe finds wrong with a page, each with the elements concerned.
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  return found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(" ")}`);
}

/// The example articles.
export const articles = ["en", "fr"].map(language => join(root, `data/articles/xiaomi-2023-q1.${language}.txt`));

/// Twenty kilobytes of a report as most are, and as many of nothing but figures.
export const long = {
  prose: readFileSync(join(root, "benches/check/prose.txt"), "utf8").repeat(2).slice(0, 20_000),
  figures: readFileSync(articles[0], "utf8").concat("\n").repeat(20).slice(0, 20_000),
};

/// Figures with every verdict but one.
export const mixed = `A mixed quarter

Revenue rose 12.4% to €1,243 million from €1,106 million, while operating profit rose 31.1% to $320 million from $283 million.

Sales came to CNY 59.5 billion ($8.424 billion), down 18.9% from a year earlier. Expenses of CNY 1.1 billion ($156 million) and a further CNY 3.2 billion ($543 million) followed. Orders doubled to 5 million from 2.4 million. The loss narrowed to €4 million from a profit of €5 million.`;

/// What a hostile text could try, in the places where a text stands on a page.
export const hostile = `<script>window.owned=1</script>"><img src=x onerror="window.owned=2">

Revenue rose 12.4% to €1,243 million from €1,106 million</p></div></style><svg onload="window.owned=3">. We sold 1,200 "onmouseover="window.owned=4"x= and 300 <iframe srcdoc="<script>parent.owned=5</script>"> and 40 javascript:window.owned=6 units. CNY 59.5 billion ($8.424 billion) <a href="javascript:window.owned=7">here</a> {{owned}} \${owned} &lt;script&gt;`;
