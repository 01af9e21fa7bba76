// Writes index.html with the names that the bundle got.
module.exports = class {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap("page", compilation => {
      compilation.hooks.processAssets.tap({ name: "page", stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT }, () => {
        const scripts = compilation.entrypoints.get("main").getFiles().map(file => `<script defer src="/${file}"></script>`).join("");
        const html = `<!doctype html><meta charset="utf-8"><title>webpack: chunks loaded when they are needed</title><body>${scripts}</body>`;
        compilation.emitAsset("index.html", new compiler.webpack.sources.RawSource(html));
      });
    });
  }
};
