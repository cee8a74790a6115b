// Bundles what browsers load and copies the fonts of the letters. Everything comes from packages named in
// package.json; every built file carries the hash of its content in its name, so that it may be cached for ever.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "app/static/src");
const built = join(root, "app/static/dist");
const fonts = join(root, "app/documents/fonts");
const LETTER_FONTS = [
  "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
];

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["app.js", "diagram.js", "charts.js"].map((name) => join(source, name)),
    outdir: built,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
    loader: { ".svg": "file", ".woff": "file", ".woff2": "file" },
  });
  return Object.keys(metafile.outputs).map((file) => basename(file)).sort();
}

// `import "./app.css"` in a script gives a style sheet of the script's name, so the table holds app.js and app.css
function table(files) {
  const names = {};
  for (const file of files) {
    const [, stem, extension] = /^(.+)-[A-Z0-9]{8}(\.\w+)$/.exec(file) ?? [];
    if (stem) names[stem + extension] = file;
  }
  return names;
}

// a page that is being served reads the table: it is replaced in one step, after the files it names are there
async function publish(names, files) {
  const table = join(built, "manifest.json");
  await writeFile(`${table}.new`, `${JSON.stringify(names, null, 2)}\n`);
  await rename(`${table}.new`, table);
  const kept = new Set([...files, "manifest.json"]);
  for (const file of await readdir(built)) {
    if (!kept.has(file)) await rm(join(built, file), { recursive: true });
  }
}

async function copyLetterFonts() {
  await mkdir(fonts, { recursive: true });
  for (const path of LETTER_FONTS) {
    await copyFile(join(root, "node_modules/@expo-google-fonts", path), join(fonts, basename(path)));
  }
}

const files = await bundle();
await publish(table(files), files);
await copyLetterFonts();
