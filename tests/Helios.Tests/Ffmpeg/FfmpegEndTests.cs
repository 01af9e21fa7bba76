using System;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Os.Files;

namespace Helios.Tests.Ffmpeg;

internal sealed class FfmpegEndTests
{
    [Test]
    [Arguments(0, false, DisplayName = "content")]
    [Arguments(1, false, DisplayName = "any failure before 6.1")]
    [Arguments(137, true, DisplayName = "SIGKILL")]
    [Arguments(143, true, DisplayName = "SIGTERM that it does not hear")]
    [Arguments(255, true, DisplayName = "SIGTERM that it hears")]
    [Arguments(183, false, DisplayName = "invalid data, since 6.1")]
    [Arguments(228, false, DisplayName = "disk full, since 6.1")]
    public async Task A_signal_is_no_answer(int code, bool isKilled) =>
        await Assert.That(new FfmpegEnd(code, "").IsKilled).IsEqualTo(isKilled);

    [Test]
    [Arguments(1, "av_interleaved_write_frame(): No space left on device", true)]
    [Arguments(0, "Error writing trailer of file:x: No space left on device", true)]
    [Arguments(1, "x: Disk quota exceeded", true)]
    [Arguments(228, "", true)]
    [Arguments(1, "x: Permission denied", false)]
    [Arguments(0, "", false)]
    public async Task A_full_disk_is_known_by_code_or_words(int code, string said, bool isFull) =>
        await Assert.That(new FfmpegEnd(code, said).IsDiskFull(null)).IsEqualTo(isFull);

    /// <summary>There is no disk behind /proc, which says that it has no room.</summary>
    [Test]
    public async Task A_file_system_that_counts_nothing_is_not_full()
    {
        if (!OperatingSystem.IsLinux()) return;
        await Assert.That(FileSystem.IsFull("/proc")).IsFalse();
        await Assert.That(FileSystem.AvailableBytes("/proc")).IsEqualTo(long.MaxValue);
        await Assert.That(FileSystem.IsFull("/nowhere at all")).IsFalse();
    }

    [Test]
    [Arguments(0, "Error writing trailer of file:x: Input/output error", true)]
    [Arguments(0, "x: Stale file handle", true)]
    [Arguments(251, "", true)]
    [Arguments(0, "[mp3 @ 0x1] Header missing", false)]
    public async Task A_read_or_write_error_counts_whatever_the_code_is(int code, string said, bool isError) =>
        await Assert.That(new FfmpegEnd(code, said).IsIoError).IsEqualTo(isError);

    [Test]
    [Arguments(1, "Unknown encoder 'libx264'", true)]
    [Arguments(8, "", true)]
    [Arguments(1, "Error while opening encoder for output stream #0:0 | Cannot allocate memory", false)]
    [Arguments(1, "x: Connection refused", false)]
    public async Task What_it_cannot_do_at_all_is_told_from_what_it_may_do_later(int code, string said, bool isUnable) =>
        await Assert.That(new FfmpegEnd(code, said).IsUnable).IsEqualTo(isUnable);

    [Test]
    [Arguments(1, "file:x: Invalid data found when processing input", true)]
    [Arguments(1, "[hls @ 0x1] Format not on whitelist 'wav,mp3' | file:x: Invalid argument", true)]
    [Arguments(183, "", true)]
    [Arguments(137, "file:x: Invalid data found when processing input", false)]
    [Arguments(1, "", false)]
    [Arguments(1, "file:x: Input/output error", false)]
    public async Task A_file_that_it_does_not_know_is_told_from_one_that_it_could_not_read(int code, string said, bool isUnreadable) =>
        await Assert.That(new FfmpegEnd(code, said).IsUnreadable).IsEqualTo(isUnreadable);
}
