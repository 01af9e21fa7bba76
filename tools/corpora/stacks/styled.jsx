// stack: styled-components: keyframes made by a script
// marker: x = 40 + 240 * t
import { createRoot } from "react-dom/client";
import styled, { createGlobalStyle, keyframes } from "styled-components";

const move = keyframes`from { translate: 30px } to { translate: 270px }`;
const Box = styled.b`
    position: absolute;
    top: 80px;
    width: 20px;
    height: 20px;
    background: #f0f;
    animation: ${move} 1s linear both;
`;
const Global = createGlobalStyle`p { color: #4f8 }`;
createRoot(document.querySelector("#app")).render(
    <>
        <Global />
        <Box />
        <p>styled</p>
    </>,
);
