// stack: Chart.js: a bar that grows
// marker: right = 60 + 240 * t
import Chart from "chart.js/auto";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
new Chart(document.querySelector("canvas"), {
  type: "bar",
  data: { labels: ["value", "other"], datasets: [{ data: [1, 0.5], backgroundColor: ["#f0f", "#4f8"] }] },
  options: {
    responsive: false,
    indexAxis: "y",
    animation: { duration: 1000, easing: "linear" },
    plugins: { legend: { display: false } },
    layout: { padding: { right: 20 } },
    scales: {
      x: { max: 1, display: false },
      y: {
        afterFit: axis => {
          axis.width = 60;
        },
      },
    },
  },
});
