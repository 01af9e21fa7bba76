// Builds pages of stacks/ as people build theirs: `node build.mjs NAME…` writes dist/NAME/index.html and its assets. A file is bundled
// by esbuild, or by Vite where its head says so; a directory is a project that its own tool builds; a page of HTML stays as it is;
// node/NAME is an example of the Node.js Helios, which lies in node/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";

const projects = { // command and the directory that it writes
  astro: ["astro build", "dist"],
  next: ["next build --webpack", "out"],
  "next-turbopack": ["next build", "out"],
  parcel: ["parcel build index.html --no-cache --dist-dir dist", "dist"],
  webpack: ["webpack --mode production", "dist"],
};
const vitePlugins = {
  ".vue": async () => [(await import("@vitejs/plugin-vue")).default()],
  ".svelte": async () => [(await import("@sveltejs/vite-plugin-svelte")).svelte()],
  solid: async () => [(await import("vite-plugin-solid")).default()],
  react: async () => [(await import("@vitejs/plugin-react")).default()],
  tailwind: async () => [(await import("@tailwindcss/vite")).default()],
};
const mounts = { // what main.js of a component's file is
  ".vue": file => `import { createApp } from "vue"; import App from "${file}"; createApp(App).mount("#app");`,
  ".svelte": file => `import { mount } from "svelte"; import App from "${file}"; mount(App, { target: document.querySelector("#app") });`,
};
const page = (title, head, body) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${title}</title>
  <style>${readFileSync("page.css", "utf8")}</style>
${head}</head>
<body><main id="app"></main>
${body}</body>
</html>
`;

for (const name of process.argv.slice(2)) {
  if (name.startsWith("node/")) { await buildNodeExample(name); continue; }
  const [file] = readdirSync("stacks").filter(entry => entry === name || entry.replace(/\.[a-z]+$/, "") === name);
  const source = join("stacks", file), out = resolve("dist", name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  if (statSync(source).isDirectory()) buildProject(name, source, out);
  else await buildFile(name, file, source, out);
}

function buildProject(name, source, out) {
  const [command, made] = projects[name];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };
  execFileSync("npx", ["--no-install", ...command.split(" ")], { cwd: source, stdio: ["ignore", 2, 2], env });
  cpSync(join(source, made), out, { recursive: true });
}

async function buildFile(name, file, source, out) {
  const text = readFileSync(source, "utf8");
  const said = key => [...text.matchAll(new RegExp(`^(?://|<!--) ${key}: (.*?)(?: -->)?$`, "gm"))].map(match => match[1]);
  const [title = name] = said("stack");
  for (const line of said("copy")) { // FILE as NAME
    const [from, to] = line.split(" as "), target = join(out, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  }
  if (extname(file) === ".html") return cpSync(source, join(out, "index.html"));
  if (said("vite").length > 0 || mounts[extname(file)]) return buildWithVite(name, file, title, said, out);
  const { build } = await import("esbuild");
  await build({
    entryPoints: [source], outdir: join(out, "assets"), entryNames: "main",
    bundle: true, minify: true, format: "esm", splitting: true, jsx: "automatic",
    loader: { ".js": "jsx", ".wasm": "file", ".woff2": "file", ".woff": "file", ".ttf": "file", ".svg": "file", ".png": "file" },
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error",
  });
  const css = existsSync(join(out, "assets/main.css")) ? '  <link rel="stylesheet" href="assets/main.css">\n' : "";
  writeFileSync(join(out, "index.html"), page(title, css, '<script type="module" src="assets/main.js"></script>\n'));
}

async function buildWithVite(name, file, title, said, out) {
  const root = resolve("vite", name), { build } = await import("vite");
  mkdirSync(root, { recursive: true });
  const component = mounts[extname(file)];
  if (component) writeFileSync(join(root, "main.js"), component(resolve("stacks", file)));
  const entry = component ? "./main.js" : resolve("stacks", file);
  writeFileSync(join(root, "index.html"), page(title, "", `<script type="module" src="${entry}"></script>\n`));
  const kinds = [...said("vite").join(" ").split(" "), extname(file)].filter(kind => vitePlugins[kind]);
  await build({
    root, configFile: false, logLevel: "error", plugins: (await Promise.all(kinds.map(kind => vitePlugins[kind]()))).flat(),
    build: { outDir: out, emptyOutDir: false, target: "esnext" }, worker: { format: "es" }, server: { fs: { strict: false } },
  });
}

async function buildNodeExample(name) {
  const { build } = await import("vite"), root = resolve("node"), source = path => join(root, "packages", path);
  await build({
    root, configFile: false, logLevel: "error", css: { postcss: {} }, publicDir: false,
    plugins: (await Promise.all(["react", ".vue", ".svelte"].map(kind => vitePlugins[kind]()))).flat(),
    resolve: { alias: [
      { find: "@helios-project/core", replacement: source("core/src/index.ts") },
      { find: /^@helios-project\/player\/(.+)$/, replacement: source("player/src/$1.ts") },
      { find: "@helios-project/player", replacement: source("player/src/index.ts") },
    ] },
    build: {
      outDir: resolve("dist", name), emptyOutDir: true, target: "esnext",
      rollupOptions: { shimMissingExports: true, input: join(root, "examples", name.slice(5), "composition.html") },
    },
  });
}
