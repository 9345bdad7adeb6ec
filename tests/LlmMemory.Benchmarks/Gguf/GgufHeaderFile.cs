using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace LlmMemory.Benchmarks.Gguf;

/// <summary>
/// A GGUF file with the header of a model of today: a vocabulary of 150,000 tokens with its merges and token types,
/// and the tensors of 48 layers, whose weights are a hole.
/// </summary>
internal sealed class GgufHeaderFile : IDisposable
{
    private const int Tokens = 150_000;

    private const int Layers = 48;

    private readonly string _folder = Directory.CreateTempSubdirectory("llmmemory-").FullName;

    public GgufHeaderFile()
    {
        Path = System.IO.Path.Combine(_folder, "header.gguf");
        using var file = File.Create(Path);
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            Write(writer);
        }

        HeaderBytes = file.Length;
        file.SetLength(((HeaderBytes + 31) / 32 * 32) + (4L * 1024 * Layers * 8));
    }

    public string Path { get; }

    /// <summary>The bytes before the first weight.</summary>
    public long HeaderBytes { get; }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    private static void Write(BinaryWriter writer)
    {
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)Layers * 8);
        writer.Write(5UL);
        WriteText(writer, "general.architecture");
        writer.Write(8u);
        WriteText(writer, "benchmark");
        WriteTexts(writer, "tokenizer.ggml.tokens", "t");
        WriteTexts(writer, "tokenizer.ggml.merges", "merge of ");
        WriteNumbers(writer, "tokenizer.ggml.token_type", 5);
        WriteNumbers(writer, "tokenizer.ggml.scores", 6);
        for (var i = 0; i < Layers * 8; i++)
        {
            WriteText(writer, string.Create(CultureInfo.InvariantCulture, $"blk.{i / 8}.tensor_{i % 8}.weight"));
            writer.Write(1u);
            writer.Write(1024UL);
            writer.Write(0u);
            writer.Write((ulong)i * 4096);
        }
    }

    private static void WriteTexts(BinaryWriter writer, string key, string start)
    {
        WriteText(writer, key);
        writer.Write(9u);
        writer.Write(8u);
        writer.Write((ulong)Tokens);
        for (var i = 0; i < Tokens; i++)
        {
            WriteText(writer, string.Create(CultureInfo.InvariantCulture, $"{start}{i}"));
        }
    }

    private static void WriteNumbers(BinaryWriter writer, string key, uint type)
    {
        WriteText(writer, key);
        writer.Write(9u);
        writer.Write(type);
        writer.Write((ulong)Tokens);
        for (var i = 0; i < Tokens; i++)
        {
            writer.Write(1);
        }
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
