using System;
using System.Collections.Generic;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// What the header of a GGUF file says: metadata and tensors. Nothing behind the header is read. Source of the format:
/// ggml-org/ggml, docs/gguf.md; versions 2 and 3, which differ in nothing but that 3 also knows big-endian files.
/// </summary>
internal sealed class GgufFile
{
    // The bytes of 'GGUF'.
    private const uint Magic = 0x46554747;

    private const string AlignmentKey = "general.alignment";

    private const long DefaultAlignment = 32;

    private GgufFile(GgufMetadata metadata, IReadOnlyList<GgufTensor> tensors)
    {
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The metadata.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="stream">The file, as a stream that can seek and knows its length.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.GgufInvalid"/>, <see cref="ErrorIds.GgufUnsupported"/>, both with the offset, or
    /// <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static GgufFile Read(Stream stream, string source)
    {
        try
        {
            return Read(new GgufBuffer(stream, source));
        }
        catch (OverflowException overflow)
        {
            throw GgufError.Invalid(source, 0, "a number in the header is beyond what 64 bits count", overflow);
        }
        catch (IOException error)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelFileUnreadable, source, $"{Quoted.Value(source)} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>True for a file that begins as a GGUF file does, whatever it is called.</summary>
    /// <param name="stream">The file, at its start.</param>
    public static bool HasMagic(Stream stream)
    {
        return stream.ReadByte() == 'G' && stream.ReadByte() == 'G' && stream.ReadByte() == 'U' && stream.ReadByte() == 'F';
    }

    private static GgufFile Read(GgufBuffer buffer)
    {
        CheckStart(buffer);
        var tensorCountOffset = buffer.Position;
        var tensorCount = buffer.ReadUInt64();
        var pairCountOffset = buffer.Position;
        var pairCount = buffer.ReadUInt64();
        GgufTensorReader.Check(buffer, tensorCount, tensorCountOffset);
        var pairs = new GgufMetadataReader(buffer).Read(pairCount, pairCountOffset);
        var tensors = new GgufTensorReader(buffer).Read((int)tensorCount);
        var metadata = new GgufMetadata(pairs, buffer.Source);
        GgufDataLayout.Check(buffer, tensors, Alignment(metadata));
        return new GgufFile(metadata, tensors);
    }

    private static void CheckStart(GgufBuffer buffer)
    {
        if (buffer.Length < sizeof(uint) || buffer.ReadUInt32() != Magic)
        {
            throw GgufError.Invalid(buffer.Source, 0, "it does not start with the letters 'GGUF'");
        }

        var offset = buffer.Position;
        var version = buffer.ReadUInt32();
        if (version is 2 or 3)
        {
            return;
        }

        // The other way round, a small number stands in the upper half.
        throw GgufError.Unsupported(buffer.Source, offset, (version & 0xFFFF) == 0 && version != 0
            ? "it is a big-endian GGUF file, made for another kind of processor. Convert the model without --bigendian."
            : $"it is GGUF of version {version}; versions 2 and 3 are known. Convert the model again with today's llama.cpp.");
    }

    private static long Alignment(GgufMetadata metadata)
    {
        var alignment = metadata.Count(AlignmentKey) ?? DefaultAlignment;
        return alignment > 0 && (alignment & (alignment - 1)) == 0
            ? alignment
            : throw metadata.Invalid(AlignmentKey, "is no power of two");
    }
}
