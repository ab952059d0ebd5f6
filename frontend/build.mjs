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
if (entryPoints.length > 0) {
  await build({
    entryPoints,
    outdir,
    entryNames: "[name]",
    assetNames: "[name]",
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "esm",
    legalComments: "linked",
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
    logLevel: "warning",
    // Phones some five years old, and the browsers inside chat programs.
    target: ["chrome87", "firefox78", "safari14.1"],
  });
}
