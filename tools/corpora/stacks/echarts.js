// stack: ECharts: bars that grow, a pie
// marker: right = 60 + 240 * t
import * as echarts from "echarts";

const main = document.querySelector("#app");
main.style.cssText = "display: block; width: 320px; height: 180px";
echarts.init(main).setOption({
  animationDuration: 1000,
  animationEasing: "linear",
  grid: { left: 60, right: 20, top: 20, bottom: 90 },
  xAxis: { max: 1, show: false },
  yAxis: { data: ["value"] },
  series: [
    { type: "bar", data: [1], itemStyle: { color: "#f0f" } },
    { type: "pie", center: ["50%", "75%"], radius: 30, data: [1, 2, 3], color: ["#4f8", "#fa4", "#48f"], label: { show: false } },
  ],
});
