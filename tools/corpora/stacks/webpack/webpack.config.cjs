module.exports = { entry: "./src/main.js", output: { filename: "[name].[contenthash].js", publicPath: "/", clean: true }, plugins: [new (require("./page.cjs"))()] };
