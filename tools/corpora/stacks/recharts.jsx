// stack: Recharts: bars that grow
// note: begins after two animation frames, as in a browser
// marker: right = 60 + 240 * t
import { createRoot } from "react-dom/client";
import { Bar, BarChart, XAxis, YAxis } from "recharts";

createRoot(document.querySelector("#app")).render(
    <BarChart
        width={320}
        height={180}
        layout="vertical"
        data={[{ name: "value", n: 1 }]}
        margin={{ left: 0, right: 20, top: 20, bottom: 20 }}
    >
        <XAxis type="number" domain={[0, 1]} hide />
        <YAxis type="category" dataKey="name" width={60} />
        <Bar dataKey="n" fill="#f0f" animationDuration={1000} animationEasing="linear" />
    </BarChart>,
);
