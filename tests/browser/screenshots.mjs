// Pictures of every page, light and dark, wide and narrow, into a folder: to be looked at.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { articles, hostile, mixed, open, report, serve } from "./browser.mjs";

const target = process.argv[2] ?? "screenshots";
mkdirSync(target, { recursive: true });
const { browser, folder, close } = await open();
const service = await serve();
const file = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const chinese = "小米第一季度业绩\n\n2023年5月26日\n\n总收入595亿元人民币（84.24亿美元），同比下降18.9%。经调整净利润32亿元（约4.53亿美元），同比增长13.1%。";
const reports = {
  mixed: report(folder, [file("mixed.txt", mixed)], "--date", "2023-05-26"),
  two: report(folder, articles),
  four: report(folder, [...articles, file("mixed.txt", mixed), file("chinese.txt", chinese)], "--date", "2023-05-26"),
  none: report(folder, [file("none.txt", "Nothing to see here.")]),
  hostile: report(folder, [file("hostile.txt", hostile)]),
  chinese: report(folder, [file("chinese.txt", chinese)]),
};
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const shoot = name => page.screenshot({ path: join(target, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    for (const [name, url] of Object.entries(reports)) {
      await page.goto(url);
      await shoot(name);
    }
    await page.goto(service.url);
    await shoot("service");
    await page.fill("#date", "2023-05-26");
    await page.fill("#text", mixed);
    await page.fill("#convert-amount", "CNY 59.5bn");
    await page.fill("#convert-to", "USD");
    await page.fill("#convert-on", "2023-05-26");
    await page.waitForSelector("#convert-answer .result");
    await page.waitForSelector("#report .headline");
    await shoot("service-report");
    await page.close();
  }
}
service.stop();
await close();
