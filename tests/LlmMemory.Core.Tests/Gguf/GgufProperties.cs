using System;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Whatever bytes a file has, it is read or refused with the engine's own error, in bounded memory.</summary>
[Properties(Arbitrary = [typeof(GgufProperties)], MaxTest = 4_000)]
public sealed class GgufProperties
{
    private static readonly byte[] Header = GgufSamples.Model().Header();

    private static readonly long DataLength = GgufSamples.Model().DataLength;

    /// <summary>A change to a file: bytes written over it at a place, and bytes cut out of it or put into it there.</summary>
    public sealed record Change(int Place, byte[] Bytes, int Removed);

    /// <summary>Changes of all kinds, numbers that hurt among them.</summary>
    public static Arbitrary<Change[]> Changes()
    {
        var bytes = Gen.OneOf(
            Gen.Choose(0, 255).Select(value => new[] { (byte)value }),
            Gen.Elements<ulong>(0, 1, 2, 255, 65_536, uint.MaxValue, 1UL << 62, 1UL << 63, ulong.MaxValue).Select(BitConverter.GetBytes),
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf());
        var change = from place in Gen.Choose(0, Header.Length)
                     from content in bytes
                     from removed in Gen.Frequency((8, Gen.Constant(content.Length)), (1, Gen.Choose(0, 64)))
                     select new Change(place, content, removed);
        return change.NonEmptyListOf().Select(changes => changes.ToArray()).ToArbitrary();
    }

    [Property]
    public bool A_changed_file_is_read_or_refused(Change[] changes)
    {
        var bytes = Header;
        foreach (var change in changes)
        {
            var place = Math.Min(change.Place, bytes.Length);
            var rest = Math.Min(bytes.Length, place + change.Removed);
            bytes = [.. bytes.AsSpan(0, place), .. change.Bytes, .. bytes.AsSpan(rest)];
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = IsReadOrRefused(new HoleStream(bytes, bytes.Length + DataLength));
        return outcome && GC.GetAllocatedBytesForCurrentThread() - before < bytes.Length + (64L << 20);
    }

    [Property]
    public bool Noise_behind_a_good_start_is_read_or_refused(byte[] noise)
    {
        byte[] bytes = [.. Header.AsSpan(0, 24), .. noise];
        return IsReadOrRefused(new HoleStream(bytes, bytes.Length + DataLength));
    }

    private static bool IsReadOrRefused(HoleStream file)
    {
        try
        {
            var model = ModelReader.FromGguf(file, "sample");
            return model.Parameters >= 0 && model.WeightBytes >= 0 && model.ToString().Length > 0;
        }
        catch (LlmMemoryException error)
        {
            return error.Offset is null or >= 0 && error.ErrorId.Length > 0;
        }
    }
}
