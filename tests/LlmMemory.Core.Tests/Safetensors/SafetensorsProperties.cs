using System;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>Whatever bytes a file has, it is read or refused with the engine's own error, in bounded memory.</summary>
[Properties(Arbitrary = [typeof(SafetensorsProperties)], MaxTest = 2_000)]
public sealed class SafetensorsProperties
{
    private static readonly SafetensorsBuilder Sample = new SafetensorsBuilder()
        .Raw("\"__metadata__\":{\"format\":\"pt\"}")
        .Add("model.embed_tokens.weight", "BF16", 32, 8)
        .Add("model.layers.0.self_attn.q_proj.qweight", "I32", 1, 8)
        .Add("model.layers.0.self_attn.q_proj.qzeros", "I32", 1, 1)
        .Add("model.layers.0.self_attn.q_proj.scales", "F16", 1, 8)
        .Add("model.layers.0.mlp.experts.0.w1.weight", "F8_E4M3", 4, 4)
        .Add("model.layers.0.mlp.experts.down_proj_blocks", "U8", 2, 4, 1, 16)
        .Add("model.layers.0.mlp.experts.down_proj_scales", "U8", 2, 4, 1);

    private static readonly byte[] Header = Sample.Header();

    /// <summary>A change to a file: letters written over it at a place, and letters cut out of it or put into it there.</summary>
    public sealed record Change(int Place, byte[] Bytes, int Removed);

    /// <summary>Changes of all kinds, texts that hurt among them.</summary>
    public static Arbitrary<Change[]> Changes()
    {
        string[] texts =
        [
            "0", "9", "-1", "9223372036854775807", "18446744073709551616", "1e9", "\"", "{", "}", "[", "]", ",", ":", "null",
            "F4", "F64", "weight", ".experts.", ".", "qzeros", "weight.absmax", "_blocks",
        ];
        var bytes = Gen.OneOf(
            Gen.Choose(0, 255).Select(value => new[] { (byte)value }),
            Gen.Elements(texts).Select(System.Text.Encoding.ASCII.GetBytes));
        var change = from place in Gen.Choose(0, Header.Length)
                     from content in bytes
                     from removed in Gen.Frequency((4, Gen.Constant(content.Length)), (1, Gen.Choose(0, 16)))
                     select new Change(place, content, removed);
        return change.NonEmptyListOf().Select(changes => changes.ToArray()).ToArbitrary();
    }

    [Property]
    public bool A_changed_file_is_read_or_refused(Change[] changes)
    {
        return IsReadOrRefused(Changed(changes));
    }

    [Property]
    public bool A_changed_header_of_the_right_length_is_read_or_refused(Change[] changes)
    {
        var bytes = Changed(changes);
        if (bytes.Length > 8)
        {
            BitConverter.TryWriteBytes(bytes, (ulong)(bytes.Length - 8));
        }

        return IsReadOrRefused(bytes);
    }

    private static byte[] Changed(Change[] changes)
    {
        var bytes = Header;
        foreach (var change in changes)
        {
            var place = Math.Min(change.Place, bytes.Length);
            var rest = Math.Min(bytes.Length, place + change.Removed);
            bytes = [.. bytes.AsSpan(0, place), .. change.Bytes, .. bytes.AsSpan(rest)];
        }

        return bytes;
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        return Outcome(bytes) && GC.GetAllocatedBytesForCurrentThread() - before < 4L << 20;
    }

    private static bool Outcome(byte[] bytes)
    {
        try
        {
            var model = ModelReader.FromSafetensors(new HoleStream(bytes, bytes.Length + Sample.DataLength), "sample");
            return model.Parameters >= 0 && model.WeightBytes <= Sample.DataLength && model.ToString().Length > 0;
        }
        catch (LlmMemoryException error)
        {
            return error.ErrorId == ErrorIds.PackedWeightsUnknown
                || (error.ErrorId == ErrorIds.SafetensorsInvalid && error.Offset >= 0);
        }
    }
}
