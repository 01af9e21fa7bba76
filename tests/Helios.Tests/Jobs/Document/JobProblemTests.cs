using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

/// <summary>Specs that are readable JSON but wrong: every problem with its path, what was found, what was expected.</summary>
internal sealed class JobProblemTests
{
    private const string Fix = " (job.json); fix the value, or write the spec again with helios export-job";
    private const string Add = " (job.json); add it, or write the spec again with helios export-job";
    private const string Rewrite = " (job.json); write the spec again with helios export-job";
    private const string Own = " (job.json); remove it, or begin its name with x- if it is your own";
    private const string SoundDigest = "\"digest\":\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}]";
    private const string Usual = " (job.json); use /srv/spots/temp_j1_part_1.mov";

    [Test]
    // version
    [Arguments("\"version\":1", "\"version\":0", "65: $.version is 0, expected a whole number from 1 to 1" + Fix,
        DisplayName = "version 0")]
    [Arguments("\"version\":1", "\"version\":\"1\"", "65: $.version is \"1\", expected a whole number from 1 to 1" + Fix,
        DisplayName = "version is text")]
    [Arguments("\"version\":1", "\"version\":1.5", "65: $.version is 1.5, expected a whole number from 1 to 1" + Fix,
        DisplayName = "version 1.5")]
    // texts
    [Arguments("\"jobId\":\"j1\"", "\"jobId\":\"J 1\"",
        "65: $.jobId is \"J 1\", expected 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit" + Fix,
        DisplayName = "job id with a blank")]
    [Arguments("\"jobId\":\"j1\"", "\"jobId\":\"../j1\"",
        "65: $.jobId is \"../j1\", expected 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit" + Fix,
        DisplayName = "job id leads out")]
    [Arguments("\"jobId\":\"j1\"", "\"jobId\":null", "65: $.jobId is null, expected a string of 1 to 4096 characters" + Fix,
        DisplayName = "job id is null")]
    [Arguments("\"jobId\":\"j1\"", "\"jobId\":{\"a\":[1]}", "65: $.jobId is an object, expected a string of 1 to 4096 characters" + Fix,
        DisplayName = "job id is an object")]
    [Arguments("file:///srv/spots/a.html", "", "65: $.composition is \"\", expected a string of 1 to 4096 characters" + Fix,
        DisplayName = "empty composition")]
    [Arguments("file:///srv/spots/a.html", "ftp://a/b",
        "65: $.composition is \"ftp://a/b\": helios renders file, http and https addresses, not ftp" + Fix,
        DisplayName = "composition over ftp")]
    [Arguments("file:///srv/spots/a.html", "/srv/a.html",
        "65: $.composition is \"/srv/a.html\": an absolute path is written as a file:/// URL" + Fix, DisplayName = "composition is a path")]
    [Arguments("file:///srv/spots/a.html", "a\\n.html",
        "65: $.composition is \"a\\u000A.html\": blanks and characters that a URL cannot hold must be percent-encoded" + Fix,
        DisplayName = "composition with a newline")]
    [Arguments(
        "sha256:9f", "sha256:9F",
        "65: $.compositionDigest is \"sha256:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\", expected sha256: and 64 lower-case hex digits"
            + Fix,
        DisplayName = "digest in capitals")]
    [Arguments(
        "sha256:9f", "md5:9f",
        "65: $.compositionDigest is \"md5:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\", expected sha256: and 64 lower-case hex digits"
            + Fix,
        DisplayName = "another digest")]
    [Arguments("file:///srv/spots/a.html", "http://a/b",
        "65: $.compositionDigest pins a local file, but the composition is on the net (job.json); remove it",
        DisplayName = "digest of a page on the net")]
    [Arguments("/srv/spots/out.mp4", "/srv/../out.mp4", "65: $.output is \"/srv/../out.mp4\": \"..\" could lead out of the directory" + Fix,
        DisplayName = "output leads out")]
    [Arguments("/srv/spots/out.mp4", "/srv/spots/o\\u0000.mp4", "65: $.output is \"/srv/spots/o\\u0000.mp4\": a path cannot hold NUL" + Fix,
        DisplayName = "output with NUL")]
    [Arguments("/srv/spots/out.mp4", "rtmp://host/out.mp4",
        "65: $.output is \"rtmp://host/out.mp4\": ffmpeg would take that for a protocol, expected a path" + Fix,
        DisplayName = "output is a protocol")]
    [Arguments("/srv/spots/out.mp4", "/dev/out.mp4", "65: $.output is \"/dev/out.mp4\": files below /dev/ are devices" + Fix,
        DisplayName = "output is a device")]
    [Arguments("/srv/spots/out.mp4", "/srv/spots/out.avi",
        "65: $.output: the output \"/srv/spots/out.avi\" has no extension that helios knows (job.json); end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png",
        DisplayName = "output is no video")]
    // costs
    [Arguments("\"chunks\":", "\"cost\":4,\"chunks\":", "65: $.cost is 4, expected an object" + Fix, DisplayName = "costs are a number")]
    [Arguments("\"chunks\":", "\"cost\":{\"startMs\":-1,\"prerollMs\":86400001,\"captureMs\":0},\"chunks\":",
        "65: $.cost.startMs is -1, expected milliseconds from 0 to 86400000" + Fix
            + "\n65: $.cost.prerollMs is 86400001, expected milliseconds from 0 to 86400000" + Fix
            + "\n65: $.cost.captureMs is 0, expected milliseconds from 0.001 to 86400000" + Fix, DisplayName = "impossible costs")]
    [Arguments("\"chunks\":", "\"cost\":{\"startMs\":1e999,\"captureMs\":40},\"chunks\":",
        "65: $.cost.startMs is 1e999, expected milliseconds from 0 to 86400000" + Fix + "\n65: $.cost.prerollMs is missing" + Add,
        DisplayName = "half of the costs")]
    // numbers
    [Arguments("\"totalFrames\":5", "\"totalFrames\":0", "65: $.totalFrames is 0, expected a whole number from 1 to 1000000000" + Fix,
        DisplayName = "no frames")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":-5", "65: $.totalFrames is -5, expected a whole number from 1 to 1000000000" + Fix,
        DisplayName = "negative frames")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":5.5", "65: $.totalFrames is 5.5, expected a whole number from 1 to 1000000000" + Fix,
        DisplayName = "half a frame")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":1e999",
        "65: $.totalFrames is 1e999, expected a whole number from 1 to 1000000000" + Fix, DisplayName = "infinitely many frames")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":true", "65: $.totalFrames is true, expected a whole number from 1 to 1000000000" + Fix,
        DisplayName = "frames are true")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":6", "65: $.totalFrames is 6, but 0.2 s at 25/1 are 5 frames" + Fix,
        DisplayName = "frames and duration disagree")]
    // render options
    [Arguments("\"width\":16", "\"width\":100000", "65: $.renderOptions.width is 100000, expected a whole number from 1 to 16384" + Fix,
        DisplayName = "huge width")]
    [Arguments("\"width\":16", "\"width\":15",
        "65: $.renderOptions.width: pixel format yuv420p cannot have an odd width, 15 (job.json); use 16, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd width")]
    [Arguments("\"fps\":25,", "\"scale\":0,\"fps\":25,",
        "65: $.renderOptions.scale is 0, expected a number from 0.5 to 16, with up to four decimals" + Fix, DisplayName = "scale 0")]
    [Arguments("\"fps\":25,", "\"scale\":17,\"fps\":25,",
        "65: $.renderOptions.scale is 17, expected a number from 0.5 to 16, with up to four decimals" + Fix, DisplayName = "scale 17")]
    [Arguments("\"fps\":25,", "\"scale\":1e9,\"fps\":25,",
        "65: $.renderOptions.scale is 1000000000, expected a number from 0.5 to 16, with up to four decimals" + Fix,
        DisplayName = "scale of a billion")]
    [Arguments("\"fps\":25,", "\"scale\":\"2\",\"fps\":25,", "65: $.renderOptions.scale is \"2\", expected a number" + Fix,
        DisplayName = "scale is text")]
    [Arguments("\"fps\":25,", "\"scale\":1.03,\"fps\":25,",
        "65: $.renderOptions.scale: a scale of 1.03 makes 16x18 pixels 16.48x18.54, which are not whole (job.json); give another scale, such as 2 or 1.5, or another width and height",
        DisplayName = "scale without whole pixels")]
    [Arguments("\"fps\":25,", "\"fps\":24,", "65: $.renderOptions.fps is 24, but frameRate 25/1 is 25" + Fix,
        DisplayName = "fps and frame rate disagree")]
    [Arguments("\"fps\":25,", "\"fps\":\"25\",", "65: $.renderOptions.fps is \"25\", expected a number" + Fix, DisplayName = "fps is text")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"50/2\"",
        "65: $.renderOptions.frameRate is \"50/2\", expected a fraction in lowest terms such as 30/1 or 30000/1001" + Fix,
        DisplayName = "frame rate not in lowest terms")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"25\"",
        "65: $.renderOptions.frameRate is \"25\", expected a fraction in lowest terms such as 30/1 or 30000/1001" + Fix,
        DisplayName = "frame rate is no fraction")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"1/0\"",
        "65: $.renderOptions.frameRate is \"1/0\", expected a fraction in lowest terms such as 30/1 or 30000/1001" + Fix,
        DisplayName = "frame rate is infinite")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"25/1\",\"pageRate\":\"60\"",
        "65: $.renderOptions.pageRate is \"60\", expected a fraction in lowest terms such as 30/1 or 30000/1001" + Fix,
        DisplayName = "page rate is no fraction")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"25/1\",\"pageRate\":60",
        "65: $.renderOptions.pageRate is 60, expected a string of 1 to 1024 characters" + Fix, DisplayName = "page rate is a number")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"25/1\",\"pageRate\":\"24/1\"",
        "65: $.renderOptions.pageRate: a page of 24 frames a second has none for each of the video's 25 (job.json); give 25 or more, or a lower rate of the video",
        DisplayName = "page rate below the video's")]
    [Arguments("\"frameRate\":\"25/1\"", "\"frameRate\":\"25/1\",\"processor\":\"nativ\"",
        "65: $.renderOptions.processor: there is no use of the processor \"nativ\" (did you mean \"native\"?) (job.json); use any (instructions that every processor of the architecture has) or native (all of the worker's, faster)",
        DisplayName = "a processor that is neither")]
    [Arguments("\"duration\":0.2", "\"duration\":-0.2",
        "65: $.renderOptions.duration is -0.2, expected seconds above 0, at most 1000000000, with up to nine decimals" + Fix,
        DisplayName = "negative duration")]
    [Arguments("\"duration\":0.2", "\"duration\":0.1999999999",
        "65: $.renderOptions.duration is 0.1999999999, expected seconds above 0, at most 1000000000, with up to nine decimals" + Fix,
        DisplayName = "duration with ten decimals")]
    [Arguments("\"startFrame\":0,\"mode\"", "\"startFrame\":-1,\"mode\"",
        "65: $.renderOptions.startFrame is -1, expected a whole number from 0 to 1000000000" + Fix, DisplayName = "negative start")]
    [Arguments("\"mode\":\"dom\"", "\"mode\":\"vr\"",
        "65: $.renderOptions.mode: there is no mode \"vr\" (job.json); use dom (the viewport) or canvas (one canvas element)",
        DisplayName = "unknown mode")]
    [Arguments("\"quality\":19", "\"quality\":52", "65: $.renderOptions.quality: h264 has no quality 52 (job.json); give 0 (best) to 51",
        DisplayName = "quality of another codec")]
    [Arguments("\"quality\":19", "\"quality\":19,\"bitrate\":4000000",
        "65: $.renderOptions.quality: a bit rate takes the place of the quality (job.json); give one of them (in a job spec, quality 0)",
        DisplayName = "bit rate and quality")]
    [Arguments("\"quality\":19", "\"quality\":0,\"bitrate\":0",
        "65: $.renderOptions.bitrate is 0, expected 1000 to 2000000000 bits, in whole kilobits" + Fix, DisplayName = "no bits")]
    [Arguments("\"quality\":19", "\"quality\":0,\"bitrate\":1000000000000",
        "65: $.renderOptions.bitrate is 1000000000000, expected 1000 to 2000000000 bits, in whole kilobits" + Fix,
        DisplayName = "a terabit")]
    [Arguments("\"quality\":19", "\"quality\":0,\"bitrate\":1500",
        "65: $.renderOptions.bitrate is 1500, expected 1000 to 2000000000 bits, in whole kilobits" + Fix, DisplayName = "half a kilobit")]
    [Arguments("\"quality\":19", "\"quality\":0,\"bitrate\":\"4M\"", "65: $.renderOptions.bitrate is \"4M\", expected a number" + Fix,
        DisplayName = "bit rate is text")]
    [Arguments("\"quality\":19", "\"quality\":19,\"maxBitrate\":4000000",
        "65: $.renderOptions.bufferSize: a maximum bit rate needs a buffer size (job.json); add it, such as the bits of a second",
        DisplayName = "limit without a buffer")]
    [Arguments("\"seed\":1", "\"encoderOptions\":[],\"seed\":1", "65: $.renderOptions.encoderOptions is an array, expected an object" + Fix,
        DisplayName = "encoder options are an array")]
    [Arguments("\"seed\":1", "\"encoderOptions\":{\"bframes\":2},\"seed\":1",
        "65: $.renderOptions.encoderOptions.bframes is 2, expected a string of 1 to 1000 characters" + Fix,
        DisplayName = "encoder option is a number")]
    [Arguments("\"seed\":1", "\"encoderOptions\":{\"stats\":\"/tmp/x\"},\"seed\":1",
        "65: $.renderOptions.encoderOptions: the encoder option \"stats\" is not for h264: it reads or writes a file, or holds other options (job.json); leave it out",
        DisplayName = "encoder option writes a file")]
    [Arguments("\"seed\":1", "\"title\":\"a\\nb\",\"seed\":1",
        "65: $.renderOptions.title: the title has a line break or another control character (job.json); give one line of text",
        DisplayName = "title of two lines")]
    [Arguments("\"seed\":1", "\"title\":1,\"seed\":1", "65: $.renderOptions.title is 1, expected a string of 1 to 4096 characters" + Fix,
        DisplayName = "title is a number")]
    [Arguments("\"seed\":1", "\"creationTime\":\"2026-02-29T00:00:00Z\",\"seed\":1",
        "65: $.renderOptions.creationTime: \"2026-02-29T00:00:00Z\" is not a time (job.json); give one such as 2026-11-29T14:00:00Z",
        DisplayName = "a day that does not exist")]
    [Arguments("\"seed\":1", "\"imageQuality\":0,\"seed\":1",
        "65: $.renderOptions.imageQuality is 0, expected a whole number from 1 to 100" + Fix, DisplayName = "image quality 0")]
    [Arguments("\"seed\":1", "\"imageQuality\":80,\"seed\":1",
        "65: $.renderOptions.imageQuality: a .mp4 file has no image quality (job.json); leave it out, or name .jpg, .webp or .avif files",
        DisplayName = "image quality of a video")]
    [Arguments("\"seed\":1", "\"seed\":4294967296",
        "65: $.renderOptions.seed is 4294967296, expected a whole number from 0 to 4294967295" + Fix, DisplayName = "seed beyond 32 bits")]
    // root
    [Arguments("\"totalFrames\":5", "\"root\":\"../x\",\"totalFrames\":5",
        "65: $.root is \"../x\": \"..\" could lead out of the directory" + Fix, DisplayName = "root from elsewhere")]
    // fonts
    [Arguments("\"seed\":1", "\"fonts\":\"fonts\",\"seed\":1",
        "65: $.renderOptions.fonts: fonts and fontsDigest belong together (job.json); write both, or none",
        DisplayName = "fonts without digest")]
    [Arguments("\"seed\":1", "\"fonts\":\"../fonts\",\"fontsDigest\":\"" + Specs.Digest + "\",\"seed\":1",
        "65: $.renderOptions.fonts: \"../fonts\" is not a directory of fonts: \"..\" could lead out of the directory (job.json); name a directory such as fonts",
        DisplayName = "fonts from elsewhere")]
    [Arguments("\"seed\":1", "\"fonts\":\"fonts\",\"fontsDigest\":\"md5:1\",\"seed\":1",
        "65: $.renderOptions.fontsDigest: \"md5:1\", expected sha256: and 64 lower-case hex digits (job.json); plan the job again",
        DisplayName = "fonts with another digest")]
    [Arguments("\"seed\":1", "\"strictFonts\":1,\"seed\":1", "65: $.renderOptions.strictFonts is 1, expected true or false" + Fix,
        DisplayName = "strict fonts of a number")]
    [Arguments("\"seed\":1", "\"block\":{},\"seed\":1", "65: $.renderOptions.block is an object, expected an array" + Fix,
        DisplayName = "block list of an object")]
    [Arguments("\"seed\":1", "\"block\":[\"host/*\"],\"seed\":1",
        "65: $.renderOptions.block[0] is \"host/*\", no pattern of URLs: it begins with http://, https:// or * (job.json); give one such as https://host/*",
        DisplayName = "block pattern without a scheme")]
    // audio files
    [Arguments("\"audio\":[]", "\"audio\":{}", "65: $.renderOptions.audio is an object, expected an array" + Fix,
        DisplayName = "audio is an object")]
    [Arguments("\"audio\":[]", "\"audio\":[1]", "65: $.renderOptions.audio[0] is 1, expected an object" + Fix,
        DisplayName = "audio of numbers")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\"}]", "65: $.renderOptions.audio[0].digest is missing" + Add,
        DisplayName = "sound without digest")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"digest\":\"md5:1\"}]",
        "65: $.renderOptions.audio[0].digest is \"md5:1\", expected sha256: and 64 lower-case hex digits" + Fix,
        DisplayName = "sound with another digest")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"http://a/b\"," + SoundDigest,
        "65: $.renderOptions.audio: \"http://a/b\": ffmpeg would take that for a protocol, expected a path (job.json); fix the value",
        DisplayName = "sound from the net")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"../../etc/passwd\"," + SoundDigest,
        "65: $.renderOptions.audio: \"../../etc/passwd\": \"..\" could lead out of the directory (job.json); fix the value",
        DisplayName = "sound from elsewhere")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/dev/zero\"," + SoundDigest,
        "65: $.renderOptions.audio: \"/dev/zero\": files below /dev/ are devices (job.json); fix the value",
        DisplayName = "sound from a device")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"start\":-1," + SoundDigest,
        "65: $.renderOptions.audio: \"/a.wav\": start is -1, expected seconds from 0 to 1000000000 with up to nine decimals (job.json); fix the value",
        DisplayName = "sound before the start")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"trimStart\":2,\"trimEnd\":1," + SoundDigest,
        "65: $.renderOptions.audio: \"/a.wav\": the part from 2 to 1 s is empty (job.json); fix the value",
        DisplayName = "no part of a sound")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"volume\":1e9," + SoundDigest,
        "65: $.renderOptions.audio: \"/a.wav\": volume is 1000000000, expected 0 to 100 (job.json); fix the value",
        DisplayName = "deafening sound")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"loop\":1," + SoundDigest,
        "65: $.renderOptions.audio[0].loop is 1, expected true or false" + Fix, DisplayName = "loop is a number")]
    [Arguments("\"audio\":[]", "\"audio\":[{\"file\":\"/a.wav\",\"gain\":1," + SoundDigest,
        "65: there is no member $.renderOptions.audio[0].gain" + Own, DisplayName = "unknown member of a sound")]
    [Arguments("\"audioCodec\":\"aac\",\"audio\":[]", "\"audioCodec\":\"none\",\"audio\":[{\"file\":\"/a.wav\"," + SoundDigest,
        "65: $.renderOptions.audio: there are audio files, but the audio codec is none (job.json); leave them out, or choose an audio codec",
        DisplayName = "sound without codec")]
    [Arguments("\"props\":{\"title\":\"Grüße\"}", "\"props\":[1]", "65: $.renderOptions.props is an array, expected an object" + Fix,
        DisplayName = "props are an array")]
    // missing and unknown members
    [Arguments("\"version\":1,", "", "65: $.version is missing" + Add, DisplayName = "no version")]
    [Arguments("\"totalFrames\":5,", "", "65: $.totalFrames is missing" + Add, DisplayName = "no frames member")]
    [Arguments("\"seed\":1,", "", "65: $.renderOptions.seed is missing" + Add, DisplayName = "no seed")]
    [Arguments("\"compositionDigest\":\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\",", "",
        "65: $.compositionDigest is missing: a local composition is pinned" + Rewrite, DisplayName = "no digest")]
    [Arguments("\"version\":1", "\"version\":1,\"totalFrame\":3",
        "65: there is no member $.totalFrame (did you mean \"totalFrames\"?)" + Own, DisplayName = "unknown member near a known one")]
    [Arguments("\"version\":1", "\"version\":1,\"comment\":{\"a\":[]}", "65: there is no member $.comment" + Own,
        DisplayName = "unknown member")]
    [Arguments("\"seed\":1", "\"seed\":1,\"sede\":2", "65: there is no member $.renderOptions.sede (did you mean \"seed\"?)" + Own,
        DisplayName = "unknown render option")]
    public async Task A_wrong_header_or_member_is_named(string found, string replacement, string problem) =>
        await Assert.That(Specs.ProblemsOf(Specs.With(found, replacement))).IsEqualTo(problem);

    [Test]
    // ids and ranges
    [Arguments("\"id\":1", "\"id\":2", "65: $.chunks[1].id is 2, expected 1: ids are dense and in order" + Rewrite,
        DisplayName = "id out of order")]
    [Arguments("\"id\":1", "\"id\":-1", "65: $.chunks[1].id is -1, expected a whole number from 0" + Fix, DisplayName = "negative id")]
    [Arguments("\"id\":1", "\"id\":\"1\"", "65: $.chunks[1].id is \"1\", expected a whole number from 0" + Fix, DisplayName = "id is text")]
    [Arguments("\"startFrame\":2,\"frameCount\":2", "\"startFrame\":1,\"frameCount\":3",
        "65: $.chunks[1].startFrame is 1, expected 2: it overlaps its predecessor" + Rewrite, DisplayName = "overlap")]
    [Arguments("\"startFrame\":2,\"frameCount\":2", "\"startFrame\":3,\"frameCount\":1",
        "65: $.chunks[1].startFrame is 3, expected 2: there is a gap before it" + Rewrite, DisplayName = "gap")]
    [Arguments("\"startFrame\":2,\"frameCount\":2", "\"startFrame\":-2,\"frameCount\":2",
        "65: $.chunks[1].startFrame is -2, expected a whole number from 0" + Fix, DisplayName = "negative start of a chunk")]
    [Arguments("\"startFrame\":4,\"frameCount\":1", "\"startFrame\":4,\"frameCount\":2",
        "65: $.chunks[2] ends before frame 6, but the job before frame 5" + Rewrite, DisplayName = "beyond the job")]
    [Arguments("\"startFrame\":4,\"frameCount\":1", "\"startFrame\":4,\"frameCount\":0",
        "65: $.chunks[2].frameCount is 0, expected at least 1 (job.json); leave empty chunks out", DisplayName = "empty chunk")]
    [Arguments("\"startFrame\":4,\"frameCount\":1", "\"startFrame\":4,\"frameCount\":9223372036854775807",
        "65: $.chunks[2].frameCount is 9223372036854775807, expected a whole number from 0" + Fix,
        DisplayName = "count that would overflow")]
    [Arguments(",{\"id\":2,\"startFrame\":4,\"frameCount\":1,\"output\":\"/srv/spots/temp_j1_part_2.mov\"}", "",
        "65: the chunks end before frame 4, but the job before frame 5 (job.json $.chunks); add the missing chunks, or write the spec again with helios export-job",
        DisplayName = "last chunk is missing")]
    [Arguments("{\"id\":2,\"startFrame\":4,\"frameCount\":1,\"output\":\"/srv/spots/temp_j1_part_2.mov\"}", "4",
        "65: $.chunks[2] is 4, expected an object" + Fix, DisplayName = "chunk is a number")]
    [Arguments("\"startFrame\":4,", "", "65: $.chunks[2].startFrame is missing" + Add, DisplayName = "chunk without a start")]
    // members
    [Arguments("\"id\":1", "\"id\":1,\"frames\":2", "65: there is no member $.chunks[1].frames" + Own,
        DisplayName = "unknown member of a chunk")]
    [Arguments("\"id\":1", "\"id\":1,\"startframe\":2",
        "65: there is no member $.chunks[1].startframe (did you mean \"startFrame\"?)" + Own,
        DisplayName = "member of a chunk in small letters")]
    // files
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/other/temp_j1_part_1.mov",
        "65: $.chunks[1].output is \"/srv/other/temp_j1_part_1.mov\": chunk files stay below /srv/spots/" + Usual,
        DisplayName = "file outside the directory")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "temp_j1_part_1.mov",
        "65: $.chunks[1].output is \"temp_j1_part_1.mov\": chunk files stay below /srv/spots/" + Usual, DisplayName = "relative file")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/../../etc/passwd",
        "65: $.chunks[1].output is \"/srv/spots/../../etc/passwd\": \"..\" could lead out of the directory" + Usual,
        DisplayName = "file leads out")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/a\\u0000b.mov",
        "65: $.chunks[1].output is \"/srv/spots/a\\u0000b.mov\": a path cannot hold NUL" + Usual, DisplayName = "file with NUL")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/dev/null",
        "65: $.chunks[1].output is \"/dev/null\": chunk files stay below /srv/spots/" + Usual, DisplayName = "device")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/out.mp4",
        "65: $.chunks[1].output is \"/srv/spots/out.mp4\": that is the output itself" + Usual, DisplayName = "the output")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/temp_j1_part_2.mov",
        "65: $.chunks[1].output is \"/srv/spots/temp_j1_part_2.mov\": that is the file of chunk 2" + Usual,
        DisplayName = "file of the next chunk")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/temp_j1_part_0.mov",
        "65: $.chunks[1].output is \"/srv/spots/temp_j1_part_0.mov\": that is the file of chunk 0" + Usual,
        DisplayName = "file of the chunk before")]
    [Arguments("/srv/spots/temp_j1_part_1.mov", "/srv/spots/sub/",
        "65: $.chunks[1].output is \"/srv/spots/sub/\": that is a directory, expected a file" + Usual, DisplayName = "directory")]
    [Arguments("\"/srv/spots/temp_j1_part_1.mov\"", "\"\"",
        "65: $.chunks[1].output is \"\", expected a string of 1 to 4096 characters" + Fix, DisplayName = "empty file name")]
    [Arguments("\"/srv/spots/temp_j1_part_1.mov\"", "7", "65: $.chunks[1].output is 7, expected a string of 1 to 4096 characters" + Fix,
        DisplayName = "file is a number")]
    public async Task A_wrong_chunk_is_named(string found, string replacement, string problem) =>
        await Assert.That(Specs.ProblemsOf(Specs.With(found, replacement)).Split('\n')[0]).IsEqualTo(problem);

    [Test]
    [Arguments("\"id\":1", "\"id\":1,\"frames\":2", DisplayName = "unknown member")]
    [Arguments("\"id\":1", "\"id\":\"1\"", DisplayName = "id is text")]
    [Arguments("\"/srv/spots/temp_j1_part_1.mov\"", "7", DisplayName = "file is a number")]
    [Arguments("\"preset\":\"veryfast\"", "\"preset\":[]", DisplayName = "preset is an array")]
    public async Task One_mistake_is_one_problem(string found, string replacement) =>
        await Assert.That(Specs.ProblemsOf(Specs.With(found, replacement)).Split('\n').Length).IsEqualTo(1);

    [Test]
    public async Task A_file_that_an_earlier_chunk_has_is_refused()
    {
        string text = Specs.With("temp_j1_part_0.mov", "a.mov").Replace("temp_j1_part_2.mov", "a.mov", StringComparison.Ordinal);

        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo(
            "65: $.chunks[2].output is \"/srv/spots/a.mov\": an earlier chunk has that file (job.json); use /srv/spots/temp_j1_part_2.mov");
    }

    [Test]
    public async Task A_file_that_is_the_receipt_of_another_chunk_is_refused()
    {
        string text = Specs.With("temp_j1_part_0.mov", "a.mov").Replace("temp_j1_part_2.mov", "a.mov.json", StringComparison.Ordinal);

        await Assert.That(Specs.ProblemsOf(text)).StartsWith("65: $.chunks[2].output is \"/srv/spots/a.mov.json\": ");
    }

    [Test]
    public async Task A_file_that_only_looks_like_the_usual_one_keeps_its_name()
    {
        Chunk chunk = Specs.Find(Specs.With("temp_j1_part_0.mov", "temp_j1_part_-0.mov"), 0).Chunk;

        await Assert.That(chunk.Output).IsEqualTo("/srv/spots/temp_j1_part_-0.mov");
    }

    [Test]
    public async Task A_path_of_4096_characters_is_accepted_and_no_longer_one()
    {
        string longest = "/srv/spots/" + string.Concat(Enumerable.Repeat("directory/", 408)) + "1.mov";

        await Assert.That(Specs.ProblemsOf(Specs.With("/srv/spots/temp_j1_part_1.mov", longest))).IsEqualTo("");
        await Assert
            .That(Specs.ProblemsOf(Specs.With("/srv/spots/temp_j1_part_1.mov", "/srv/spots/a" + longest[11..])).Split('\n')[0])
            .IsEqualTo(
                "65: $.chunks[1].output is \""
                    + ("/srv/spots/a" + longest[11..])[..57]
                    + "...\", expected a string of 1 to 4096 characters"
                    + Fix);
    }

    [Test]
    public async Task No_chunks_are_a_problem()
    {
        string header = "{" + Specs.Header;

        await Assert
            .That(Specs.ProblemsOf(header + ",\"chunks\":[]}"))
            .IsEqualTo("65: $.chunks is empty, expected at least one chunk" + Rewrite);
        await Assert.That(Specs.ProblemsOf(header + ",\"chunks\":{}}")).IsEqualTo("65: $.chunks is an object, expected an array" + Fix);
        await Assert.That(Specs.ProblemsOf(header + "}")).IsEqualTo("65: $.chunks is missing" + Add);
    }

    [Test]
    public async Task An_empty_object_lacks_every_member() =>
        await Assert.That(Specs.ProblemsOf("{}").Split('\n').Select(line => line.Split(' ')[1])).IsEquivalentTo(
            ["$.version", "$.jobId", "$.composition", "$.output", "$.totalFrames", "$.renderOptions", "$.chunks"]);

    [Test]
    public async Task Several_mistakes_are_reported_together()
    {
        string text = Specs.With("\"width\":16", "\"width\":0").Replace("\"jobId\":\"j1\"", "\"jobId\":\"J\"", StringComparison.Ordinal)
            .Replace("\"seed\":1", "\"sed\":1", StringComparison.Ordinal);

        await Assert.That(Specs.ProblemsOf(text).Split('\n').Length).IsEqualTo(4);
    }

    [Test]
    [Arguments("{\"version\"", "{\"x-me\":{\"a\":[1,{}]},\"version\"", DisplayName = "root")]
    [Arguments("\"seed\":1", "\"x-\":null,\"seed\":1", DisplayName = "render options")]
    [Arguments("\"id\":1", "\"x-note\":[\"ü\"],\"id\":1", DisplayName = "chunk")]
    public async Task A_member_of_ones_own_is_free(string found, string replacement) =>
        await Assert.That(Specs.ProblemsOf(Specs.With(found, replacement))).IsEqualTo("");
}
