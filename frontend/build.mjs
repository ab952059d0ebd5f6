// Bundles frontend/entries/* and frontend/styles/main.css into Django's static files.
// File names carry no hash: Django's manifest storage adds it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../wugeyi/ui/static/ui/built/", import.meta.url));
const entries = existsSync(`${here}entries`)
  ? readdirSync(`${here}entries`)
      .filter((name) => /\.(js|ts)$/.test(name) && !/\.(d|test)\.ts$/.test(name))
      .map((name) => `${here}entries/${name}`)
  : [];
const styles = [`${here}styles/main.css`].filter((name) => existsSync(name));

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
const entryPoints = [...entries, ...styles];
const common = {
  outdir,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  logLevel: "warning",
  // Phones some five years old, and the browsers inside chat programs.
  target: ["chrome87", "firefox78", "safari14.1"],
};
if (entryPoints.length > 0) {
  await build({
    ...common,
    entryPoints,
    assetNames: "[name]",
    format: "esm",
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
  });
}
// Not a module: half of those phones know no service worker that is one.
await build({
  ...common,
  entryPoints: [`${here}offline/service-worker.ts`],
  format: "iife",
});
