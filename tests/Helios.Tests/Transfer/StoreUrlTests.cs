using System.Threading.Tasks;
using Helios.Errors;
using Helios.Tests.Support;
using Helios.Transfer;

namespace Helios.Tests.Transfer;

internal sealed class StoreUrlTests
{
    private static readonly string s_long = new('k', 1025);

    [Test]
    [Arguments("s3://spots/q3/job.json", "s3://spots/", "q3/job.json")]
    [Arguments("s3://spots/job.json", "s3://spots/", "job.json")]
    [Arguments("gs://my_bucket.example/a b/job.json", "gs://my_bucket.example/", "a b/job.json")]
    [Arguments("az://account/container/q3/job.json", "az://account/container/", "q3/job.json")]
    [Arguments("rclone:remote:bucket/job.json", "rclone:remote:", "bucket/job.json")]
    [Arguments("rclone:nas:/srv/job.json", "rclone:nas:/", "srv/job.json")]
    [Arguments("rclone::local:/srv/job.json", "rclone::local:/", "srv/job.json")]
    [Arguments("cp:/srv/job.json", "cp:/", "srv/job.json")]
    [Arguments("my+store://host/job.json", "my+store://", "host/job.json")]
    public async Task An_object_has_a_root_and_a_key(string text, string root, string key)
    {
        StoreUrl url = StoreUrl.ParseObject(text);

        await Assert.That(url.Root).IsEqualTo(root);
        await Assert.That(url.Key).IsEqualTo(key);
        await Assert.That(url.Text).IsEqualTo(text);
        await Assert.That(url.Folder.Text + url.Name).IsEqualTo(text);
    }

    [Test]
    [Arguments("s3://spots", "s3://spots/")]
    [Arguments("s3://spots/", "s3://spots/")]
    [Arguments("s3://spots/q3", "s3://spots/q3/")]
    [Arguments("s3://spots/q3/", "s3://spots/q3/")]
    [Arguments("az://account/container", "az://account/container/")]
    [Arguments("rclone:remote:", "rclone:remote:")]
    [Arguments("rclone:remote:spots", "rclone:remote:spots/")]
    public async Task A_folder_may_end_with_a_slash(string text, string expected) =>
        await Assert.That(StoreUrl.ParseFolder(text).Text).IsEqualTo(expected);

    [Test]
    [Arguments("s3://spots/", "names no object: its key is empty")]
    [Arguments("s3://spots", "names no object: its key is empty")]
    [Arguments("s3://spots/q3/", "names a folder, expected an object")]
    [Arguments("s3://spots/../job.json", "holds \"..\", which could lead to another folder")]
    [Arguments("s3://spots/./job.json", "holds \".\", which could lead to another folder")]
    [Arguments("s3://spots//job.json", "holds an empty name (//)")]
    [Arguments("s3://spots/a\nb/job.json", "holds a control character")]
    [Arguments("s3://spots/*/job.json", "holds *, which programs for stores take for a pattern")]
    [Arguments("gs://spots/job.json#17", "holds #, which programs for stores take for a pattern")]
    [Arguments("s3://sp ots/job.json", "has no valid name of the bucket")]
    [Arguments("s3:///job.json", "has no valid name of the bucket")]
    [Arguments("s3://-x/job.json", "has no valid name of the bucket")]
    [Arguments("az://account/job.json", "has no valid name of the container")]
    [Arguments("az://ac-count/container/job.json", "has no valid name of the account")]
    [Arguments("rclone:job.json", "names no remote of rclone")]
    [Arguments("rclone:--config=x:job.json", "names no remote of rclone")]
    public async Task What_is_no_address_of_an_object_is_64(string text, string what)
    {
        HeliosException error = Refusal.Of(() => StoreUrl.ParseObject(text));

        await Assert.That(error.Code).IsEqualTo(ExitCode.Usage);
        await Assert.That(error.What).Contains(what);
    }

    [Test]
    public async Task A_key_has_at_most_1024_bytes()
    {
        StoreUrl folder = StoreUrl.ParseFolder(
            "s3://spots/" + string.Join('/', s_long[..200], s_long[..200], s_long[..200], s_long[..200], s_long[..200]));

        await Assert.That(folder.Child(s_long[..19]).Key.Length).IsEqualTo(1024);
        await Assert.That(Refusal.Of(() => folder.Child(s_long[..20])).What).Contains("longer than the 1024 bytes");
        await Assert.That(Refusal.Of(() => StoreUrl.ParseObject("s3://spots/" + s_long)).Code).IsEqualTo(ExitCode.Usage);
    }

    [Test]
    [Arguments("s3://spots/job.json", false, true)]
    [Arguments("rclone:remote:job.json", false, true)]
    [Arguments("job.json", true, false)]
    [Arguments("./s3:x/job.json", true, false)]
    [Arguments("cp:/srv/job.json", false, false)]
    [Arguments("cp:/srv/job.json", true, true)]
    public async Task Other_schemes_need_a_program_of_the_user(string text, bool hasProgram, bool expected) =>
        await Assert.That(StoreUrl.IsUrl(text, hasProgram)).IsEqualTo(expected);

    [Test]
    public async Task A_chunk_file_has_its_digest_in_its_name()
    {
        await Assert
            .That(ChunkNames.OfFile("out/temp_j_part_0.mov", "sha256:0123456789abcdef0123"))
            .IsEqualTo("out/temp_j_part_0.0123456789abcdef.mov");
    }

    [Test]
    [Arguments("out/temp_j_part_0.mov", nameof(ChunkNameKind.File))]
    [Arguments("temp_spot-7_part_123.webm", nameof(ChunkNameKind.File))]
    [Arguments("temp_j_part_0.mov.json", nameof(ChunkNameKind.Receipt))]
    [Arguments("out/temp_j_part_0.0123456789abcdef.mp4", nameof(ChunkNameKind.Stored))]
    [Arguments("temp_j_part_0.0123456789ABCDEF.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_j_part_0.0123456789abcde.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_j_part_0.png", nameof(ChunkNameKind.None))]
    [Arguments("temp_j_part_two.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_j_part_.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_J_part_0.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_part_0.mov", nameof(ChunkNameKind.None))]
    [Arguments("temp_a_part_b/page.html", nameof(ChunkNameKind.None))]
    [Arguments("temp_a_part_0.mov/page.html", nameof(ChunkNameKind.None))]
    public async Task A_chunk_file_is_known_by_its_whole_name(string name, string kind)
    {
        await Assert.That($"{ChunkNames.KindOf(name)}").IsEqualTo(kind);
        if (kind != nameof(ChunkNameKind.None)) await Assert.That(ChunkNames.IsLeftOut(name)).IsTrue();
    }
}
