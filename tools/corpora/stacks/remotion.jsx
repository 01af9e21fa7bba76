// stack: Remotion's player: interpolate, spring, sequences
// marker: x = 40 + 240 * t
import { Player } from "@remotion/player";
import { createRoot } from "react-dom/client";
import { AbsoluteFill, interpolate, Sequence, spring, useCurrentFrame, useVideoConfig } from "remotion";

function Scene() {
    const frame = useCurrentFrame(),
        { fps } = useVideoConfig();
    return (
        <AbsoluteFill style={{ background: "#101425", color: "#fff" }}>
            <b id="marker" style={{ left: interpolate(frame, [0, 30], [30, 270], { extrapolateRight: "clamp" }) }} />
            <Sequence from={10}>
                <p style={{ scale: `${spring({ frame: frame - 10, fps })}` }}>a spring</p>
            </Sequence>
        </AbsoluteFill>
    );
}
createRoot(document.querySelector("#app")).render(
    <Player
        component={Scene}
        durationInFrames={60}
        fps={30}
        compositionWidth={320}
        compositionHeight={180}
        style={{ width: 320, height: 180 }}
        autoPlay
        acknowledgeRemotionLicense
    />,
);
