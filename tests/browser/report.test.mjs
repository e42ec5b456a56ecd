// The report of the command, opened as a file.
import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { articles, hostile, long, mixed, open, report, violations } from "./browser.mjs";

let browser, folder, close;
before(async () => ({ browser, folder, close } = await open()));
after(() => close());

const file = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test("figures carry the verdicts of their claims, and findings and figures lead to each other", async () => {
  const page = await browser.newPage();
  await page.goto(report(folder, [file("mixed.txt", mixed)], "--date", "2023-05-26"));
  assert.match(await page.textContent(".headline"), /^8 claims: 3 tie, 1 within rounding, 2 do not, 1 unverifiable, 1 not meaningful$/);
  const verdict = text => page.locator("a.figure", { hasText: text }).first().evaluate(figure => figure.classList[2]);
  assert.equal(await verdict("12.4%"), "ties");
  assert.equal(await verdict("31.1%"), "does_not_tie");
  assert.equal(await verdict("$543 million"), "does_not_tie");
  assert.equal(await verdict("doubled"), "ties_within_rounding");
  assert.equal(await verdict("18.9%"), "unverifiable");
  assert.equal(await verdict("€4 million"), "not_meaningful");
  await page.locator(".finding .quote a").first().click();
  assert.equal(await page.locator(".figure:target").count(), 1);
  await page.locator("a.figure", { hasText: "31.1%" }).click();
  assert.match(await page.textContent(".finding:target"), /13\.0742%.*printed 31\.1%.*two digits transposed: 13\.1% would tie/s);
  await page.close();
});

test("verdicts differ in shape, not in colour alone", async () => {
  const page = await browser.newPage();
  await page.goto(report(folder, [file("mixed.txt", mixed)], "--date", "2023-05-26"));
  const shapes = await page.$$eval(".key .mark", marks => marks.map(mark => {
    const style = getComputedStyle(mark);
    return `${style.textDecorationLine} ${style.textDecorationStyle}`;
  }));
  assert.equal(new Set(shapes).size, shapes.length, shapes.join(", "));
  assert.ok(shapes.length >= 5);
  await page.close();
});

test("the arithmetic stands beside a figure on hover and focus, Escape puts it away, print shows its number", async () => {
  const page = await browser.newPage();
  await page.goto(report(folder, [file("mixed.txt", mixed)], "--date", "2023-05-26"));
  const figure = page.locator("a.figure", { hasText: "$320 million" });
  const beside = () => figure.evaluate(element => {
    const style = getComputedStyle(element, "::after");
    return style.display === "none" ? "none" : style.content;
  });
  assert.equal(await beside(), "none");
  await figure.hover();
  assert.match(await beside(), /growth · does not tie.*13\.0742%/s);
  await page.keyboard.press("Escape");
  assert.equal(await beside(), "none");
  await page.mouse.move(0, 0);
  await page.keyboard.press("Tab");
  await figure.focus();
  assert.match(await beside(), /13\.0742%/);
  await page.emulateMedia({ media: "print" });
  assert.equal(await beside(), "\"2\"");
  const number = await page.locator(".finding").first().evaluate(finding => getComputedStyle(finding, "::before").content);
  assert.equal(number, "\"2\"");
  await page.close();
});

test("several documents stand side by side, one below the other on a phone", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(report(folder, articles, "--date", "2023-05-26"));
  const boxes = () => Promise.all([0, 1].map(index => page.locator("article.document").nth(index).boundingBox()));
  let [first, second] = await boxes();
  assert.ok(first.y === second.y && first.x + first.width <= second.x);
  await page.setViewportSize({ width: 390, height: 800 });
  [first, second] = await boxes();
  assert.ok(first.x === second.x && first.y + first.height <= second.y);
  assert.equal(await page.locator(".corroboration tbody tr").count(), 8);
  await page.close();
});

test("no page violates a rule of axe or is wider than its window, light and dark, wide and narrow", async () => {
  const none = file("none.txt", "Nothing to see here.");
  const pages = [report(folder, [file("mixed.txt", mixed)], "--date", "2023-05-26"), report(folder, articles), report(folder, [none]),
    report(folder, [articles[1]], "--date", "2023-05-26")];
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme });
    for (const url of pages) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(url);
      assert.deepEqual(await violations(page), []);
      await page.setViewportSize({ width: 360, height: 740 });
      assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, url);
      assert.deepEqual(await violations(page), []);
    }
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(paper.match(/\d+/g).every(part => part > 128), colorScheme === "light", paper);
    await page.close();
  }
});

test("a hostile text and a hostile file name run nothing and show as they are", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("dialog", dialog => { complaints.push(dialog.message()); dialog.dismiss(); });
  page.on("console", message => complaints.push(message.text()));
  page.on("request", request => { if (!request.url().startsWith("file:")) complaints.push(request.url()); });
  await page.goto(report(folder, [file("\"><img src=x onerror=window.owned=8>.txt", hostile)], "--date", "2023-05-26"));
  for (const figure of await page.locator(".figure").all()) await figure.hover();
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.deepEqual(complaints, []);
  assert.equal(await page.locator("img, iframe, main script, .text svg, [onmouseover], [onload]").count(), 0);
  assert.ok((await page.textContent(".text")).includes("<script>window.owned=1</script>"));
  assert.ok((await page.textContent(".document h2")).includes("<img src=x"));
  await page.close();
});

test("the policy of the file itself stops an element that would run", async () => {
  const page = await browser.newPage();
  await page.goto(report(folder, [file("none.txt", "Nothing.")]));
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.owned=1'>");
    const script = document.createElement("script");
    script.textContent = "window.owned=2";
    document.body.append(script);
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.owned), undefined);
  await page.close();
});

test("an article of 20 KB makes a page of less than 200 KB that is painted within a tenth of a second", async () => {
  for (const [name, text] of Object.entries(long)) {
    const url = report(folder, [file(`${name}.txt`, text)], "--date", "2023-05-26");
    const bytes = statSync(fileURLToPath(url)).size;
    const [paints, work] = [[], []];
    for (let run = 0; run < 9; run += 1) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const session = await page.context().newCDPSession(page);
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      await page.goto(url);
      paints.push(await page.evaluate(async () => {
        const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
        while (paint() === undefined) await new Promise(requestAnimationFrame);
        return paint();
      }));
      const { metrics } = await session.send("Performance.getMetrics");
      work.push(1000 * metrics.find(metric => metric.name === "TaskDuration").value);
      await page.close();
    }
    const shown = times => times.toSorted((a, b) => a - b).map(Math.round).join(", ");
    console.log(`${name}: ${bytes} bytes; first paint after ${shown(paints)} ms by the clock; the page worked ${shown(work)} ms`);
    assert.ok(bytes < 200_000, `${bytes} bytes`);
    // What the page itself works, whatever else the machine has to do, and the clock where that is nothing. Nothing but
    // figures is more than any article has: twice the time.
    const limit = name === "prose" ? 100 : 200;
    assert.ok(Math.min(...work) < limit, `${shown(work)} ms of work`);
    if (loadavg()[0] < availableParallelism()) assert.ok(Math.min(...paints) < limit, `${shown(paints)} ms by the clock`);
  }
});
