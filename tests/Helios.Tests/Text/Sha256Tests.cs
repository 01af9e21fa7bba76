using System;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Tests.Support;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class Sha256Tests
{
    [Test] // FIPS 180-4 and NIST's example values
    [Arguments("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", DisplayName = "no bytes")]
    [Arguments("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DisplayName = "abc")]
    [Arguments("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", DisplayName = "448 bits")]
    [Arguments("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", DisplayName = "a million a")]
    public async Task The_standard_vectors_hold(string text, int times, string digest)
    {
        var hash = new Sha256();
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int i = 0; i < times; i++) hash.Append(bytes);

        await Assert.That(hash.Finish()).IsEqualTo(digest);
    }

    [Test]
    public void Bytes_in_any_pieces_give_the_digest_of_the_platform() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 130].Array[0, 12]).Sample((bytes, cuts) =>
        {
            var hash = new Sha256();
            ReadOnlySpan<byte> rest = bytes;
            foreach (int cut in cuts)
            {
                int length = Math.Min(cut, rest.Length);
                hash.Append(rest[..length]);
                rest = rest[length..];
            }

            hash.Append(rest);
            return hash.Finish() == Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        }, iter: 1000);

    [Test]
    public async Task A_stream_is_hashed_to_its_end()
    {
        byte[] bytes = new byte[200_001];
        Random.Shared.NextBytes(bytes);

        await Assert.That(Sha256.HashStream(new SlowStream(bytes, 777)))
            .IsEqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }
}
