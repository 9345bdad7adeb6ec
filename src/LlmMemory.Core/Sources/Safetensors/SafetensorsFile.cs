using System.Collections.Generic;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Json;
using LlmMemory.Sources.Gguf;

namespace LlmMemory.Sources.Safetensors;

/// <summary>
/// What the header of a safetensors file says. Nothing behind the header is read. Source of the format:
/// huggingface/safetensors, README.md (Format) and safetensors/src/tensor.rs: 8 bytes of length, a JSON object, the data.
/// </summary>
internal sealed class SafetensorsFile
{
    private const int LengthBytes = sizeof(ulong);

    private SafetensorsFile(IReadOnlyList<SafetensorsTensor> tensors)
    {
        Tensors = tensors;
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="stream">The file, as a stream that can seek and knows its length.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.SafetensorsInvalid"/>, with the offset, or <see cref="ErrorIds.ModelFileUnreadable"/>.
    /// </exception>
    public static SafetensorsFile Read(Stream stream, string source)
    {
        try
        {
            var length = stream.Length;
            var header = ReadHeader(stream, length, source);
            var tensors = new SafetensorsHeaderReader(header, LengthBytes, source).Read();
            SafetensorsDataLayout.Check(tensors, LengthBytes + header.Length, length, source);
            return new SafetensorsFile(tensors);
        }
        catch (JsonFormatException error)
        {
            throw SafetensorsError.Invalid(source, LengthBytes + error.Offset, $"the header is no JSON: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelFileUnreadable, source, $"{Quoted.Value(source)} cannot be read: {error.Message}", error);
        }
    }

    private static byte[] ReadHeader(Stream stream, long fileLength, string source)
    {
        stream.Position = 0;
        var claimed = LittleEndian.ToUInt64(ReadExactly(stream, LengthBytes, 0, source), 0);
        if (claimed > SafetensorsLimits.HeaderBytes)
        {
            throw SafetensorsError.Invalid(
                source, 0, $"the header claims {claimed} bytes, and none may have more than {SafetensorsLimits.HeaderBytes}");
        }

        if ((long)claimed > fileLength - LengthBytes)
        {
            throw SafetensorsError.Invalid(
                source, 0, $"the header claims {claimed} bytes, and the file ends after {fileLength - LengthBytes}");
        }

        var header = ReadExactly(stream, (int)claimed, LengthBytes, source);
        return header.Length > 0 && header[0] == (byte)'{'
            ? header
            : throw SafetensorsError.Invalid(source, LengthBytes, "the header does not start with a brace");
    }

    private static byte[] ReadExactly(Stream stream, int count, long offset, string source)
    {
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count)
        {
            var read = stream.Read(bytes, filled, count - filled);
            filled += read > 0
                ? read
                : throw SafetensorsError.Invalid(source, offset, $"{count} bytes are needed, and the file ends after {filled}");
        }

        return bytes;
    }
}
