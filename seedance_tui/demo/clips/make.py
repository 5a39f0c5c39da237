"""Draws the demo's clips: a sunrise over a lake, once small and soft, once large and sharp.

Run by hand, `python make.py`, with ffmpeg on PATH; the package ships the result. Both clips show
the same moving scene, each drawn afresh at its own size, as a super-resolved video would look.
"""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent
SECONDS = 3
FRAMES_PER_SECOND = 24

# The scene in ffmpeg's expression language. Lengths are fractions of the picture's height or
# width; registers: 0 sun's height, 1 distance to the sun, 2 depth below the horizon, 3 ripples.
HORIZON = 0.6
SUN = "st(0, 0.5 - 0.085 * T); st(1, hypot((X/W - 0.62) * W/H, Y/H - ld(0)))"
LAKE = (
    f"st(2, max(Y/H - {HORIZON}, 0));"
    "st(3, sin(1.9 / (ld(2) + 0.035) + 9 * sin(X/W * 6 + T) + 5 * T)"
    " * sin((X/W - 0.5) * 9 / (ld(2) + 0.05) + 2.4 * T)"
    " + 0.35 * sin(6.3 / (ld(2) + 0.045) + 31 * X/W + 4 * T)"
    " * sin(X/W * 24 / (ld(2) + 0.08) - 3 * T))"
)
FAR_RIDGE = "0.13 + 0.045 * sin(5 * X/W + 1) + 0.02 * sin(13 * X/W) + 0.005 * sin(61 * X/W)"
NEAR_RIDGE = (
    "0.05 + 0.035 * sin(6 * X/W + 3.4)"
    " + 0.01 * sin(27 * X/W) + 0.009 * pow(sin(160 * X/W + 3 * sin(19 * X/W)), 2)"
)

# Red, green and blue of each thing in the picture, 0 to 255.
ZENITH, DAWN = (34, 58, 120), (250, 176, 120)
FAR, NEAR = (124, 96, 128), (54, 48, 84)
DEEP, SHINE, DISC = (22, 40, 84), (255, 206, 140), (255, 244, 214)


def channel(index: int) -> str:
    """Gives the expression of one colour channel, 0 red, 1 green, 2 blue."""
    zenith, dawn, far, near = ZENITH[index], DAWN[index], FAR[index], NEAR[index]
    deep, shine, disc = DEEP[index], SHINE[index], DISC[index]
    sky = f"lerp({zenith}, {dawn}, pow(min(Y/H / {HORIZON}, 1), 1.5))"
    glow = f"lerp({sky}, {shine}, 0.75 * exp(-3.2 * ld(1)))"
    sun = f"lerp({glow}, {disc}, {edge('0.085 - ld(1)')})"
    far_ridge = f"lerp({sun}, {far}, {edge(f'Y/H - {HORIZON} + {FAR_RIDGE}')})"
    land = f"lerp({far_ridge}, {near}, {edge(f'Y/H - {HORIZON} + {NEAR_RIDGE}')})"
    water = f"lerp({dawn} * 0.72, {deep}, pow(ld(2) / {1 - HORIZON}, 0.6)) * (1 + 0.1 * ld(3))"
    path = "exp(-pow((X/W - 0.62) * W/H / (0.06 + 0.55 * ld(2)), 2))"
    glitter = f"lerp({water}, {shine}, {path} * pow(clip(0.5 + 0.5 * ld(3), 0, 1), 2.2))"
    return f"{SUN}; {LAKE}; clip(if(gt(Y/H, {HORIZON}), {glitter}, {land}), 0, 255)"


def edge(inside: str) -> str:
    """Turns a signed distance, in heights, into coverage with an edge one pixel soft."""
    return f"clip(({inside}) * H + 0.5, 0, 1)"


def scene(width: int, height: int) -> list[str]:
    """Gives ffmpeg's input options for the moving picture and its soft chord."""
    source = f"color=black:s={width}x{height}:r={FRAMES_PER_SECOND}:d={SECONDS},format=gbrp"
    red, green, blue = (channel(index) for index in range(3))
    picture = f"{source},geq=r='{red}':g='{green}':b='{blue}'"
    fade = f"min(1, min(t, {SECONDS} - t))"
    chord = "+".join(f"sin(2 * PI * {pitch} * t)" for pitch in (196, 246.9, 293.7))
    sound = f"aevalsrc=exprs='0.04 * {fade} * ({chord})':d={SECONDS}:s=44100"
    return ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]


def make(name: str, width: int, height: int, quality: int) -> None:
    """Draws one clip; quality is x264's rate factor, smaller is better."""
    video = ["-c:v", "libx264", "-preset", "veryslow", "-crf", str(quality), "-pix_fmt", "yuv420p"]
    audio = ["-c:a", "aac", "-b:a", "48k", "-ac", "1"]
    exact = ["-x264-params", "threads=1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    run(*scene(width, height), *video, *audio, *exact, "-movflags", "+faststart", str(HERE / name))


def make_last_frame() -> None:
    """Cuts the last picture out of the upscaled clip."""
    clip = ["-sseof", "-0.1", "-i", str(HERE / "upscaled.mp4")]
    run(*clip, "-update", "1", "-q:v", "4", "-bitexact", str(HERE / "last_frame.jpg"))


def run(*arguments: str) -> None:
    """Runs ffmpeg, which says only what went wrong."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)  # noqa: S603, S607 -- our own arguments


if __name__ == "__main__":
    make("original.mp4", 480, 270, quality=30)
    make("upscaled.mp4", 1280, 720, quality=21)
    make_last_frame()
