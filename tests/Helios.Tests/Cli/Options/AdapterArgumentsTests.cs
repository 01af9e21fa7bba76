using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Tests.Support;

namespace Helios.Tests.Cli.Options;

internal sealed class AdapterArgumentsTests
{
    [Test]
    [Arguments("512M", 512)]
    [Arguments("512MiB", 512)]
    [Arguments("8G", 8192)]
    [Arguments("8gb", 8192)]
    [Arguments("1.5Gi", 1536)]
    [Arguments("1T", 1024 * 1024)]
    public async Task Memory_counts_in_1024(string text, int mebibytes) =>
        await Assert.That(new AdapterArguments { Memory = text }.ToOptions().MemoryMiB).IsEqualTo(mebibytes);

    [Test]
    [Arguments("90s", 90)]
    [Arguments("45m", 2700)]
    [Arguments("2h", 7200)]
    [Arguments("1h30m", 5400)]
    [Arguments("1d12h", 129_600)]
    public async Task Time_is_read_in_units(string text, int seconds) =>
        await Assert.That(new AdapterArguments { TimeLimit = text }.ToOptions().TimeLimit).IsEqualTo(seconds);

    [Test]
    [Arguments("lots")]
    [Arguments("8")]
    [Arguments("8 G")]
    [Arguments("-8G")]
    [Arguments("G")]
    [Arguments("B")]
    [Arguments("63M")]
    [Arguments("17T")]
    [Arguments("99999999999999999G")]
    public async Task Other_memory_is_refused(string text) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Memory = text }.ToOptions()))
            .IsEqualTo($"64: \"{text}\" is not an amount of memory (--memory); give 64M to 16T, such as 512M or 8G");

    [Test]
    [Arguments("60")]
    [Arguments("1m1h")]
    [Arguments("1h1h")]
    [Arguments("h")]
    [Arguments("0s")]
    [Arguments("31d")]
    [Arguments("-1h")]
    [Arguments("1.5h")]
    [Arguments("99999999999999999999h")]
    public async Task Other_time_is_refused(string text) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { TimeLimit = text }.ToOptions()))
            .IsEqualTo($"64: \"{text}\" is not a time (--time-limit); give 1s to 30d, such as 90s, 45m, 2h or 1h30m");

    [Test]
    public async Task Another_architecture_is_refused_with_the_name_that_is_meant() =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Arch = "arm46" }.ToOptions()))
            .IsEqualTo("64: \"arm46\" is not an architecture (did you mean \"arm64\"?) (--arch); use amd64 or arm64");

    [Test]
    [Arguments("helios")]
    [Arguments("registry.example:5000/team/helios:1.0_x")]
    [Arguments("helios@sha256:0123456789abcdef")]
    public async Task An_image_has_a_name(string image) =>
        await Assert.That(new AdapterArguments { Image = image }.ToOptions().Image).IsEqualTo(image);

    [Test]
    [Arguments("he lios")]
    [Arguments("helios\nprivileged: true")]
    [Arguments("-v")]
    [Arguments("$(x)")]
    [Arguments("\"x\"")]
    public async Task Other_images_are_refused(string image) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Image = image }.ToOptions()))
            .IsEqualTo($"64: \"{image}\" is not a container image (--image); give [registry/]name[:tag] or …@sha256:…");

    [Test]
    [Arguments("Promo")]
    [Arguments("1promo")]
    [Arguments("promo-")]
    [Arguments("pro mo")]
    public async Task A_name_is_one_that_every_engine_takes(string name) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Name = name }.ToOptions()))
            .IsEqualTo(
                $"64: \"{name}\" is not a name that every engine takes (--name); give at most 63 of a-z, 0-9 and -, beginning with a letter and not ending with -"
            );

    [Test]
    [Arguments("data")]
    [Arguments("/")]
    [Arguments("//")]
    public async Task A_mount_is_an_absolute_directory(string mount) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Mount = mount }.ToOptions()))
            .IsEqualTo($"64: \"{mount}\" is not a directory for a volume (--mount); give an absolute path such as /data");

    [Test]
    [Arguments("a b")]
    [Arguments("x; rm")]
    [Arguments("$(x)")]
    [Arguments("a'b")]
    [Arguments("a #b")]
    public async Task A_queue_is_one_word(string queue) =>
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Place = queue }.ToOptions()))
            .IsEqualTo($"64: \"{queue}\" is not a name (where tasks run); give one word without quotes");

    [Test]
    public async Task Numbers_have_ranges()
    {
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Concurrency = "0" }.ToOptions()))
            .IsEqualTo("64: \"0\" is not a whole number from 1 to 10000000 (--concurrency); give one, in digits");
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Cpus = "0" }.ToOptions()))
            .IsEqualTo("64: \"0\" is not a whole number from 1 to 256 (--cpus); give one, in digits");
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Retries = "-1" }.ToOptions()))
            .IsEqualTo("64: \"-1\" is not a whole number from 0 to 100 (--retries); give one, in digits");
        await Assert
            .That(Refusal.TextOf(() => new AdapterArguments { Tasks = "2", ChunksPerTask = "2" }.ToOptions()))
            .IsEqualTo("64: --tasks and --chunks-per-task exclude each other (command line); give one of them");
    }
}
