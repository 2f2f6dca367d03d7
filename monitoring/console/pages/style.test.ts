import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testConsole } from "../testing.ts";
import { staticFile } from "./assets.ts";

/** The custom properties of the style sheet's first and second `:root`: light and dark. */
const [light, dark] = [...staticFile("style/colors.css").matchAll(/:root \{([^}]*)\}/g)].map(
  ([, block = ""]) =>
    Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name, color]) => [name, color]),
    ),
);

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s colours", (_name, colors = {}) => {
  it.each([
    ["text", ["ground", "raised", "bad-ground", "scale-ground", "line"]],
    ["muted", ["ground", "raised"]],
    ["accent", ["ground", "raised"]],
    ["good", ["ground", "raised"]],
    ["warn", ["ground", "raised"]],
    ["bad", ["ground", "raised"]],
  ])("%s can be read on its grounds", (text, grounds) => {
    for (const ground of grounds)
      expect(
        contrast(colors[text] ?? "", colors[ground] ?? ""),
        `${text} on ${ground}`,
      ).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["good-fill", "warn-fill", "bad-fill", "muted", "control"])(
    "%s can be seen beside its ground",
    (fill) => {
      expect(contrast(colors[fill] ?? "", colors["ground"] ?? "")).toBeGreaterThanOrEqual(3);
    },
  );
});

it.each([
  ["console.js", 9 * 1024],
  ["console.css", 28 * 1024],
  ["icon.svg", 1024],
])("%s is light to load, and cached for good", async (name, most) => {
  const { app } = testConsole();
  const page = await (await app.request("/")).text();
  const address = page.split('"').find((part) => part.startsWith(`/static/${name}?`)) ?? "";
  const response = await app.request(address);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const { byteLength } = await response.arrayBuffer();
  expect(byteLength).toBeLessThan(most);
  expect(byteLength).toBeGreaterThan(100);
});

/** Addresses of every script that a page loads: those that it names, and those that they import. */
async function scriptsOf(
  page: string,
  read: (address: string) => Promise<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = [...page.matchAll(/<script src="([^"]+)"/g)].map(([, address = ""]) => address);
  for (let address = wanted.pop(); address !== undefined; address = wanted.pop()) {
    if (found.has(address)) continue;
    const text = await read(address);
    found.set(address, text);
    const base = `http://console${address}`;
    for (const [, from = ""] of text.matchAll(/^import .* from "(\.[^"]+)";$/gm))
      wanted.push(new URL(from, base).pathname);
  }
  return found;
}

it("a dashboard loads less than 60 kB of script in all, uPlot included, as it goes over the wire", async () => {
  const { app } = testConsole();
  let wire = 0;
  const scripts = await scriptsOf(await (await app.request("/dashboards")).text(), async (address) => {
    const packed = await app.request(address, { headers: { "accept-encoding": "gzip, br" } });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    const bytes = Buffer.from(await packed.arrayBuffer());
    wire += bytes.byteLength;
    return gunzipSync(bytes).toString();
  });
  expect([...scripts.keys()].map((address) => path.basename(address.split("?")[0] ?? "")).toSorted()).toEqual(
    ["chart.js", "console.js", "dashboards.js", "tooltip.js", "units.js", "uplot.js"],
  );
  expect(wire).toBeLessThan(60_000);
  expect(wire).toBeGreaterThan(20_000);
});

it("serves a script to whoever does not unpack it as it is", async () => {
  const { app } = testConsole();
  const page = await (await app.request("/dashboards")).text();
  const address = /\/static\/dashboards-\w+\/dashboards\.js/.exec(page)?.[0] ?? "";
  const response = await app.request(address);
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await response.text()).toBe(staticFile("dashboards/dashboards.js"));
});
