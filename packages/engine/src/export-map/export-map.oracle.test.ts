// The export map in a real browser. It needs Chromium: `apt-get install chromium`, or VERIFY_CHROMIUM=/path/to/it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../test/browser.js';
import { largeReport } from '../../test/large-report.js';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import { MONITORING } from '../../test/monitoring-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { renderReport } from '../formats/formats.js';
import { sourceReader } from '../formats/source-reader.js';
import { mergeReports } from '../report/merged-report.js';
import type { MergedReport } from '../report/merged-report.js';
import { openRun } from '../session.js';
import { verify } from '../verify.js';

if (chromiumPath === undefined)
  console.warn('\n*** SKIPPED: the export map is not tested, because Chromium is not installed. ***\n');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MEGABYTE = 1024 * 1024;
const DESKTOP = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Set to a folder to keep screenshots. */
const screenshots = process.env['VERIFY_SCREENSHOTS'];

let browser: Browser;
let folder: string;

/** A page, and everything that went wrong in it or left it. */
interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
}

async function open(html: string, options: BrowserContextOptions = DESKTOP, hash = ''): Promise<Opened> {
  const file = join(folder, 'map.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ ...options, offline: true });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(pathToFileURL(file).href)) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await page.waitForSelector('body[data-ready]').catch(() => expect(complaints).toEqual(['ready']));
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

async function screenshot(page: Page, name: string): Promise<void> {
  if (screenshots === undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** What axe-core finds, as `rule: element`. */
async function accessibility(page: Page): Promise<readonly string[]> {
  // The policy of the page forbids other scripts, so axe runs in the world of the test.
  const { violations } = (await page.evaluate(`${axe}; axe.run()`)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

function monitoringMap(): string {
  using workspace = writeWorkspace(MONITORING);
  const run = openRun({ root: workspace.root });
  const report = mergeReports(run.workspace.packages.map(({ project }) => verify({ run, project })));
  return renderReport('html', report, { readText: sourceReader(workspace.root) });
}

function shownPackages(page: Page): Promise<readonly string[]> {
  return page.locator('.packages .name').allTextContents();
}

describe.skipIf(chromiumPath === undefined)('the export map in Chromium', () => {
  const large = renderReport('html', largeReport(200));
  let small: string;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = mkdtempSync(join(tmpdir(), 'export-map-'));
    small = monitoringMap();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('draws every package and every import, and marks what is broken', async () => {
    await using opened = await open(small);
    const { page, complaints } = opened;
    expect(await page.locator('.node').count()).toBe(3);
    const titles = await page.locator('.edge title').allTextContents();
    expect(titles.toSorted()).toEqual([
      '@acme/gateway imports 2 names from @acme/monitoring',
      '@acme/worker imports 1 name from @acme/monitoring',
    ]);
    expect(await page.locator('.edge.broken title').allTextContents()).toEqual([
      '@acme/gateway imports 2 names from @acme/monitoring',
    ]);
    await screenshot(page, 'small');
    expect(complaints).toEqual([]);
  });

  it('searches packages and exported names', async () => {
    await using opened = await open(small);
    const { page, complaints } = opened;
    await page.keyboard.press('/');
    await page.keyboard.type('worker');
    expect(await shownPackages(page)).toEqual(['@acme/worker']);
    expect(await page.locator('.node.dim').count()).toBe(2);
    await page.fill('#search', 'fake');
    expect(await shownPackages(page)).toEqual(['@acme/monitoring']);
    expect(await page.locator('.via').textContent()).toBe('exports fake');
    await page.fill('#search', 'no such thing');
    expect(await page.locator('.found').textContent()).toBe('No package matches.');
    expect(complaints).toEqual([]);
  });

  it('filters by broken and by unused exports', async () => {
    await using opened = await open(small);
    const { page, complaints } = opened;
    await page.click('[data-filter=broken]');
    expect(await shownPackages(page)).toEqual(['@acme/gateway', '@acme/monitoring']);
    await page.click('[data-filter=unused]');
    expect(await shownPackages(page)).toEqual(['@acme/monitoring']);
    expect(await page.getAttribute('[data-filter=unused]', 'aria-pressed')).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('opens a finding with its source and fix, and links to it', async () => {
    await using opened = await open(small);
    const { page, complaints } = opened;
    await page.click('.findings a.error');
    await expect.poll(() => page.locator('.panel h2').textContent()).toMatch(/^VE\d+ /);
    expect(await page.locator('mark').first().textContent()).toBe('setRequestContext');
    expect(await page.locator('.fix').textContent()).toContain('Fix');
    expect(page.url()).toContain('#/finding/');
    await screenshot(page, 'finding');
    await using again = await open(small, DESKTOP, new URL(page.url()).hash);
    expect(await again.page.locator('.panel h2').textContent()).toBe(
      await page.locator('.panel h2').textContent(),
    );
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/');
    expect([...complaints, ...again.complaints]).toEqual([]);
  });

  it('shows the entry points, variants, users and unused exports of a package', async () => {
    const link = `#/package/${encodeURIComponent('@acme/monitoring')}/${encodeURIComponent('./testing')}`;
    await using opened = await open(small, DESKTOP, link);
    const { page, complaints } = opened;
    expect(await page.locator('.entry[open]').getAttribute('data-entry')).toBe('./testing');
    const entry = page.locator('[data-entry="./testing"]');
    expect(await entry.innerText()).toContain('fake imported by 1 package');
    expect(await entry.locator('p.names').textContent()).toBe('formatError');
    await page.locator('[data-entry="."] > summary').click();
    expect(await page.locator('[data-entry="."] tbody tr').count()).toBe(2);
    await screenshot(page, 'package');
    expect(complaints).toEqual([]);
  });

  it('works with the keyboard alone', async () => {
    await using opened = await open(small);
    const { page, complaints } = opened;
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.panel h2').textContent()).toBe('@acme/monitoring');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('@acme/monitoring');
    await page.locator('.node[tabindex="0"]').focus();
    await page.keyboard.press('ArrowLeft');
    const name = await page.evaluate<string>("document.activeElement.getAttribute('aria-label')");
    expect(name).toMatch(/^@acme\/(?:gateway, broken|worker)$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.panel h2').textContent()).toBe(name.split(',')[0]);
    const before = await page.locator('.graph > g').getAttribute('transform');
    await page.keyboard.press('+');
    expect(await page.locator('.graph > g').getAttribute('transform')).not.toBe(before);
    await page.keyboard.press('0');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['light', DESKTOP],
    ['dark', DESKTOP],
    ['light', PHONE],
    ['dark', PHONE],
  ] as const)('has no problem that axe-core finds (%s, %o)', async (colorScheme, device) => {
    await using opened = await open(small, { ...device, colorScheme });
    const { page } = opened;
    const name = `${device === PHONE ? 'phone' : 'desktop'}-${colorScheme}`;
    await screenshot(page, name);
    const tabs = device === PHONE ? ['map', 'list', 'panel'] : ['map'];
    for (const tab of tabs) {
      if (device === PHONE) await page.click(`[data-tab=${tab}]`);
      expect(await accessibility(page), tab).toEqual([]);
    }
    await page.evaluate("document.querySelector('.findings a.error').click()");
    await page.waitForSelector('.finding');
    expect(await accessibility(page), 'finding').toEqual([]);
    await screenshot(page, `${name}-finding`);
    await page.evaluate(`location.hash = '#/package/${encodeURIComponent('@acme/monitoring')}'`);
    await page.waitForSelector('.entry');
    expect(await accessibility(page), 'package').toEqual([]);
    await screenshot(page, `${name}-package`);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
  });

  it('opens 200 packages in one small file', async () => {
    expect(large).toBe(renderReport('html', largeReport(200)));
    expect(large.length).toBeLessThan(MEGABYTE);
    await using opened = await open(large);
    const { page, complaints } = opened;
    expect(await page.locator('.node').count()).toBe(200);
    const loaded = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd");
    console.log(`200 packages: ${Math.round(large.length / 1024)} KB, opened in ${Math.round(loaded)} ms`);
    await screenshot(page, 'large');
    expect(await accessibility(page)).toEqual([]);
    await page.click('[data-filter=broken]');
    await screenshot(page, 'large-broken');
    await page.click('[data-filter=all]');
    await page.locator('.packages a').nth(60).click();
    await screenshot(page, 'large-package');
    expect(complaints).toEqual([]);
    await using phone = await open(large, PHONE);
    await screenshot(phone.page, 'large-phone');
    await phone.page.click('[data-tab=list]');
    await screenshot(phone.page, 'large-phone-list');
  });

  it('shows hostile names as text', async () => {
    const hostile = '</script><img src=x onerror=alert(1)><!--"\'&\u2028\u202E$&';
    const report: MergedReport = mergeReports([
      makeReport({
        project: hostile,
        findings: [
          makeFinding({ message: hostile, file: hostile, name: hostile, fix: { title: hostile, edits: [] } }),
        ],
        inventory: {
          entryPoints: [
            { subpath: hostile, variants: [{ conditions: [hostile], file: hostile, exports: [hostile] }] },
          ],
        },
        imports: [
          {
            package: hostile,
            entryPoint: hostile,
            names: [{ name: hostile, result: 'broken', files: [hostile] }],
          },
        ],
        verdict: 'fail',
      }),
      makeReport({
        project: '__proto__',
        imports: [{ package: 'constructor', entryPoint: '.', names: [{ result: 'ok', files: [] }] }],
      }),
    ]);
    await using opened = await open(renderReport('html', report));
    const { page, complaints } = opened;
    expect(await page.locator('img').count()).toBe(0);
    expect((await shownPackages(page)).length).toBe(3);
    for (const link of await page.locator('.packages a').all()) await link.click();
    await page.click('.result');
    await page.click('.findings a');
    await expect.poll(() => page.locator('.message').textContent()).toContain('</script><img');
    expect(complaints).toEqual([]);
  });

  it('says what an unknown or damaged link means', async () => {
    for (const hash of ['#/package/none', '#/finding/none', '#/package/%E0%A4%A', '#/other/x']) {
      await using opened = await open(small, DESKTOP, hash);
      expect(opened.complaints, hash).toEqual([]);
      expect(await opened.page.locator('.panel h2').textContent(), hash).toBe(
        hash.startsWith('#/other') ? 'This workspace has errors' : 'Not found',
      );
    }
    await using empty = await open(renderReport('html', mergeReports([])));
    expect(empty.complaints).toEqual([]);
  });
});
