// The service as a reader meets it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { articles, hostile, mixed, open, serve, violations } from "./browser.mjs";

let browser, close, service;
before(async () => {
  ({ browser, close } = await open());
  service = await serve();
});
after(async () => {
  service.stop();
  await close();
});

const fill = async (page, text, date = "2023-05-26") => {
  await page.fill("#date", date);
  await page.fill("#text", text);
  await page.waitForSelector("#report .headline");
};

test("the report stands below the text while one types", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  await fill(page, readFileSync(articles[0], "utf8"));
  assert.equal(await page.textContent(".headline"), "5 claims: 3 tie, 2 unverifiable");
  assert.equal(await page.textContent("#announcement"), "5 claims: 3 tie, 2 unverifiable");
  assert.match(await page.textContent(".implied tbody"), /73\.2593 to 73\.4732\sbillion/);
  await page.locator("#text").press("Control+End");
  await page.locator("#text").pressSequentially(" Profit rose 31.1% to $320 million from $283 million.");
  await page.waitForFunction(() => document.querySelector(".headline")?.textContent.includes("1 does not"));
  await page.locator(".finding.worst .quote a").click();
  assert.equal(await page.locator(".figure:target").isVisible(), true);
  await page.close();
});

test("a date settles which rates are drawn, and a language how the text is read", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  await fill(page, "Umsatz von 59,5 Milliarden Yuan (8,424 Milliarden Dollar).", "2023-05-26");
  await page.selectOption("#lang", "de");
  await page.waitForSelector(".chart circle.fits");
  assert.match(await page.textContent(".dateline"), /German · 26 May 2023/);
  await page.fill("#date", "2020-05-26");
  await page.waitForFunction(() => !document.querySelector(".chart circle.fits") && document.querySelector(".dateline")?.textContent.includes("2020"));
  await page.close();
});

test("files are checked together", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  await page.setInputFiles("#file", articles);
  await page.waitForSelector("#report .corroboration");
  assert.equal(await page.locator("#report article.document").count(), 2);
  await page.close();
});

test("files can be dropped on the text", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  const carried = await page.evaluateHandle(text => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
    return data;
  }, mixed);
  await page.dispatchEvent("#text", "dragover", { dataTransfer: carried });
  await page.dispatchEvent("#text", "drop", { dataTransfer: carried });
  await page.waitForSelector("#report .headline");
  assert.equal(await page.textContent("#report .document h2"), "dropped.txt");
  await page.close();
});

test("the calculators answer while one types", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  await page.fill("#convert-amount", "CNY 59.5bn");
  await page.fill("#convert-to", "usd");
  await page.fill("#convert-on", "2023-05-28");
  await page.waitForSelector("#convert-answer .result");
  assert.equal(await page.textContent("#convert-answer .result"), "8,430,878,825.42 USD");
  await page.fill("#growth-prior", "73351.5");
  await page.fill("#growth-current", "59477.1");
  await page.waitForSelector("#growth-answer .result");
  assert.match(await page.textContent("#growth-answer .result"), /^−18\.91/);
  await page.fill("#implied-current", "CNY 59.5bn");
  await page.fill("#implied-change", "-18.9%");
  await page.waitForSelector("#implied-answer .result");
  assert.equal(await page.textContent("#implied-answer .result"), "73,366,200,000 CNY");
  await page.fill("#growth-current", "nonsense");
  await page.waitForSelector("#growth-answer .problem");
  await page.close();
});

test("everything works without a script, in English and in French", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(service.url);
  await page.fill("#text", "Sales rose 10% to $110 million from $100 million.");
  await page.click(".check button");
  assert.equal(await page.textContent(".headline"), "1 claim: 1 ties");
  assert.equal(await page.inputValue("#text"), "Sales rose 10% to $110 million from $100 million.");
  await page.click("nav a[lang=fr]");
  await page.setInputFiles("#file", articles[1]);
  await page.click(".check button");
  assert.equal(await page.textContent(".headline"), "5 affirmations\u00a0: 1 concorde, 2 à l’arrondi près, 2 invérifiables");
  await page.fill("#growth-prior", "73 351,5");
  await page.fill("#growth-current", "59 477,1");
  await page.click("#growth button");
  assert.match(await page.textContent("#growth-answer .result"), /^−18,91/);
  await context.close();
});

test("the keyboard reaches everything in order", async () => {
  const page = await browser.newPage();
  await page.goto(service.url);
  await fill(page, mixed);
  await page.focus("nav a");
  const reached = [];
  for (let step = 0; step < 150 && reached.at(-1) !== "implied-change"; step += 1) {
    await page.keyboard.press("Tab");
    const element = await page.evaluate(() => {
      const active = document.activeElement;
      const style = getComputedStyle(active);
      return { name: active.id || active.className || active.textContent, seen: style.outlineStyle !== "none" || active.type === "file" };
    });
    reached.push(element.name);
    assert.ok(element.seen, `the focus on ${element.name} cannot be seen`);
  }
  const expected = ["text", "file", "lang", "date", "d1-f1", "convert-amount", "growth-current", "implied-change"];
  assert.deepEqual(expected.toSorted((a, b) => reached.indexOf(a) - reached.indexOf(b)), expected, reached.join(" "));
  assert.ok(expected.every(id => reached.includes(id)), reached.join(" "));
  await page.close();
});

test("on a phone the text stands first, its report below it, the calculators last", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(service.url);
  await fill(page, mixed);
  const tops = await Promise.all(["#check", "#report", ".calculators"].map(async part => (await page.locator(part).boundingBox()).y));
  assert.deepEqual(tops.toSorted((a, b) => a - b), tops);
  await page.setViewportSize({ width: 1280, height: 800 });
  const boxes = await Promise.all(["#check", ".calculators", "#report"].map(part => page.locator(part).boundingBox()));
  assert.ok(boxes[0].y === boxes[1].y && boxes[0].x < boxes[1].x && boxes[2].y >= boxes[1].y + boxes[1].height);
  await page.close();
});

test("no page violates a rule of axe or is wider than its window, light and dark, wide and narrow", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme });
    for (const ui of ["en", "fr"]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${service.url}?ui=${ui}`);
      assert.deepEqual(await violations(page), []);
      await fill(page, mixed);
      assert.deepEqual(await violations(page), []);
      await page.setViewportSize({ width: 360, height: 740 });
      assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);
      assert.deepEqual(await violations(page), []);
    }
    await page.close();
  }
});

test("nothing that is typed, dropped or sent runs", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("dialog", dialog => { complaints.push(dialog.message()); dialog.dismiss(); });
  page.on("console", message => { if (!/status of 4\d\d/.test(message.text())) complaints.push(message.text()); });
  page.on("request", request => { if (!request.url().startsWith(service.url)) complaints.push(request.url()); });
  await page.goto(service.url);
  await fill(page, hostile);
  for (const figure of await page.locator("#report .figure").all()) await figure.hover();
  await page.setInputFiles("#file", { name: "\"><img src=x onerror=window.owned=9>.txt", mimeType: "text/plain", buffer: Buffer.from(hostile) });
  await page.waitForFunction(() => document.querySelectorAll("#report article.document").length === 2);
  await page.fill("#growth-prior", "<img src=x onerror=window.owned=10>");
  await page.fill("#growth-current", "\"><script>window.owned=11</script>");
  await page.waitForSelector("#growth-answer .problem");
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.deepEqual(complaints, []);
  assert.equal(await page.locator("main img, main iframe, main script, [onmouseover], [onload], [onerror]").count(), 0);
  // The fields of the API come back in errors, as JSON that no browser takes for a page.
  const answer = await page.request.post(`${service.url}api/check`, { data: { text: "5", lang: "<script>window.owned=12</script>" } });
  assert.equal(answer.status(), 422);
  assert.match(answer.headers()["content-type"], /^application\/json/);
  assert.equal(answer.headers()["x-content-type-options"], "nosniff");
  await page.close();
});
