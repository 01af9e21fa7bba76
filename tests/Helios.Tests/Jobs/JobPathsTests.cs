using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class JobPathsTests
{
    private const string Output = "/srv/spots/out.mp4";

    [Test]
    [Arguments("/srv/spots/out.mp4", DisplayName = "absolute")]
    [Arguments("out.mp4", DisplayName = "bare name")]
    [Arguments("sub/out.mp4", DisplayName = "relative")]
    [Arguments("-o.mp4", DisplayName = "leading dash")]
    [Arguments("..out.mp4", DisplayName = "name that begins with two points")]
    [Arguments("/srv/a..b/out.mp4", DisplayName = "two points in a name")]
    [Arguments("/srv/it's \"1\" #%?\n.mp4", DisplayName = "special characters")]
    [Arguments("C:/spots/out.mp4", DisplayName = "drive")]
    [Arguments("/srv/a:b.mp4", DisplayName = "colon after a slash")]
    [Arguments("/device/out.mp4", DisplayName = "name that begins like dev")]
    [Arguments("/dev/shm/job/out.mp4", DisplayName = "memory")]
    public async Task A_file_may_be_written(string path) => await Assert.That(JobPaths.CheckFile(path)).IsNull();

    [Test]
    [Arguments("/srv/a\0.mp4", "a path cannot hold NUL", DisplayName = "NUL")]
    [Arguments(
        "/srv/äääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää.mov",
        "a name is longer than 255 bytes", DisplayName = "name of 260 bytes in 132 characters")]
    [Arguments("/srv/spots/", "that is a directory, expected a file", DisplayName = "final slash")]
    [Arguments("/srv/spots/.", "that is a directory, expected a file", DisplayName = "final point")]
    [Arguments("/srv/../etc/out.mp4", "\"..\" could lead out of the directory", DisplayName = "parent in the middle")]
    [Arguments("../out.mp4", "\"..\" could lead out of the directory", DisplayName = "parent at the start")]
    [Arguments("/srv/..", "\"..\" could lead out of the directory", DisplayName = "parent at the end")]
    [Arguments("/dev/sda.mp4", "files below /dev/ are devices", DisplayName = "device")]
    [Arguments("/dev/shm", "files below /dev/ are devices", DisplayName = "in place of the memory")]
    [Arguments("/dev/shm/../sda", "\"..\" could lead out of the directory", DisplayName = "out of the memory")]
    [Arguments("/dev/shmem/out.mp4", "files below /dev/ are devices", DisplayName = "device that begins like memory")]
    [Arguments("/proc/self/mem", "files below /proc/ are devices", DisplayName = "process")]
    [Arguments("/sys/power/state", "files below /sys/ are devices", DisplayName = "kernel")]
    [Arguments("tcp://host/out.mp4", "ffmpeg would take that for a protocol, expected a path", DisplayName = "network")]
    [Arguments("pipe:1", "ffmpeg would take that for a protocol, expected a path", DisplayName = "pipe")]
    [Arguments("file:/srv/out.mp4", "ffmpeg would take that for a protocol, expected a path", DisplayName = "file protocol")]
    public async Task A_file_may_not_be_written(string path, string what) => await Assert.That(JobPaths.CheckFile(path)).IsEqualTo(what);

    [Test]
    [Arguments("//dev/null", DisplayName = "two slashes")]
    [Arguments("/./dev/null", DisplayName = "a point")]
    [Arguments("/srv/.//../dev/null", DisplayName = "out and in again")]
    [Arguments(".", DisplayName = "the directory itself")]
    [Arguments("..", DisplayName = "the parent itself")]
    public async Task Other_spellings_of_devices_and_directories_are_refused_too(string path) =>
        await Assert.That(JobPaths.CheckFile(path)).IsNotNull();

    [Test]
    [Arguments("/srv/spots/temp_j1_part_0.mov", DisplayName = "beside the output")]
    [Arguments("/srv/spots/parts/0.mov", DisplayName = "in a directory below")]
    public async Task A_chunk_file_stays_below_the_directory_of_the_output(string path) =>
        await Assert.That(JobPaths.CheckChunkFile(path, Output, "mov")).IsNull();

    [Test]
    [Arguments("/srv/other/0.mov", "chunk files stay below /srv/spots/", DisplayName = "beside the directory")]
    [Arguments("/srv/spots2/0.mov", "chunk files stay below /srv/spots/", DisplayName = "directory with the same beginning")]
    [Arguments("0.mov", "chunk files stay below /srv/spots/", DisplayName = "relative")]
    [Arguments("/dev/null", "chunk files stay below /srv/spots/", DisplayName = "device")]
    [Arguments("/srv/spots/../0.mov", "\"..\" could lead out of the directory", DisplayName = "parent")]
    [Arguments("/srv/spots//0.mov", "a directory name is empty or \".\"", DisplayName = "two slashes")]
    [Arguments("/srv/spots/out.mp4", "that is the output itself", DisplayName = "the output")]
    [Arguments("/srv/spots/", "that is a directory, expected a file", DisplayName = "the directory")]
    public async Task A_chunk_file_is_refused(string path, string what) =>
        await Assert.That(JobPaths.CheckChunkFile(path, Output, "mov")).IsEqualTo(what);

    [Test]
    [Arguments("/srv/spots/./out.mp4", "/srv/spots/out.mp4", DisplayName = "the output, spelled otherwise")]
    [Arguments("/srv/spots/./temp_j1_part_1.mov", "/srv/spots/out.mp4", DisplayName = "another chunk's file, spelled otherwise")]
    [Arguments("/./dev/null", "/out.mp4", DisplayName = "a device below the root")]
    [Arguments(".", "out.mp4", DisplayName = "the job file's directory")]
    [Arguments("./out.mp4", "out.mp4", DisplayName = "a relative output, spelled otherwise")]
    public async Task A_chunk_file_has_one_spelling(string path, string output) =>
        await Assert.That(JobPaths.CheckChunkFile(path, output, "mov")).IsNotNull();

    [Test]
    [Arguments("/abs/0.mov", DisplayName = "absolute")]
    [Arguments("../0.mov", DisplayName = "parent")]
    public async Task A_chunk_file_of_a_portable_job_stays_in_the_folder(string path) =>
        await Assert.That(JobPaths.CheckChunkFile(path, "out.mp4", "mov")).IsNotNull();

    [Test]
    [Arguments("/srv/spots/temp_j1_part_7.mov", 7, DisplayName = "usual")]
    [Arguments("/srv/spots/temp_j1_part_07.mov", null, DisplayName = "leading zero")]
    [Arguments("/srv/spots/temp_j1_part_-1.mov", null, DisplayName = "negative")]
    [Arguments("/srv/spots/temp_j1_part_.mov", null, DisplayName = "no id")]
    [Arguments("/srv/spots/temp_j1_part_99999999999.mov", null, DisplayName = "too large")]
    [Arguments("/srv/spots/temp_j1_part_7.mp4", null, DisplayName = "other extension")]
    [Arguments("/srv/spots/7.mov", null, DisplayName = "other name")]
    public async Task The_usual_name_tells_the_chunk(string path, int? expected)
    {
        bool isUsual = JobPaths.IsSameFileName(path, new ChunkFileNames("/srv/spots/temp_j1_part_", "mov"), out int id);

        await Assert.That(isUsual ? id : (int?)null).IsEqualTo(expected);
    }

    [Test]
    [Arguments("/srv/out.mp4", "/srv/out.mp4", DisplayName = "absolute")]
    [Arguments("sub/out.mp4", "/srv/dir/sub/out.mp4", DisplayName = "relative")]
    public async Task Paths_are_resolved_against_the_directory(string path, string resolved) =>
        await Assert.That(JobPaths.Resolve(path, "/srv/dir")).IsEqualTo(resolved);

    [Test]
    [Arguments("/srv/spots/out.mp4", "h264", "/srv/spots/temp_j1_part_3.mov", DisplayName = "h264 in mov")]
    [Arguments("out.webm", "vp9", "temp_j1_part_3.mp4", DisplayName = "vp9 in mp4, relative")]
    [Arguments("/out.mkv", "av1", "/temp_j1_part_3.mp4", DisplayName = "av1 in mp4, in the root")]
    public async Task Chunk_files_are_named_after_job_and_id(string output, string codec, string expected)
    {
        JobSpec spec = Support.Specs.Spec with
        {
            Output = output,
            RenderOptions = Support.Specs.Options with { VideoCodec = VideoCodec.Find(codec)! },
        };

        await Assert.That(ChunkFileNames.For(spec)[3]).IsEqualTo(expected);
    }
}
