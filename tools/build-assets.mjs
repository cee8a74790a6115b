// Bundles what browsers load and fetches the fonts of the letters. Everything comes from packages named in
// package.json; every file carries the hash of its content in its name, so that it may be cached for ever.
import { build } from "esbuild";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
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
  await rm(built, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, "app.js"), join(source, "diagram.js")],
    outdir: built,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "linked",
    sourcemap: false,
    metafile: true,
    logLevel: "warning",
    loader: { ".svg": "file", ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file" },
  });
  return metafile.outputs;
}

// `import "./app.css"` beside a script gives a style sheet of the script's name: the table says app.js and app.css
function table(outputs) {
  const names = {};
  for (const file of Object.keys(outputs).sort()) {
    const name = basename(file);
    const [, stem, extension] = /^(.+)-[A-Z0-9]{8}(\.\w+)$/.exec(name) ?? [];
    if (stem) names[stem + extension] = name;
  }
  return names;
}

async function pictures(names) {
  const icons = join(source, "icons");
  for (const name of await readdir(icons).catch(() => [])) {
    await cp(join(icons, name), join(built, "icons", name));
    names[`icons/${name}`] ??= `icons/${name}`;
  }
}

async function letterFonts() {
  await mkdir(fonts, { recursive: true });
  for (const path of LETTER_FONTS) {
    await cp(join(root, "node_modules/@expo-google-fonts", path), join(fonts, basename(path)));
  }
}

const names = table(await bundle());
await pictures(names);
await writeFile(join(built, "manifest.json"), `${JSON.stringify(names, null, 2)}\n`);
await letterFonts();
