using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using LlmMemory.Core.Tests;
using LlmMemory.Core.Tests.Gguf;

namespace LlmMemory.Tests.Models;

/// <summary>Lays out the stores of a user's home as the tools leave them, with small real model files.</summary>
internal sealed class LocalStoreBuilder(TemporaryFolder home)
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Bytes of the weights in <see cref="Gguf"/>.</summary>
    public const long GgufBytes = 753_872;

    /// <summary>A GGUF file, its weights a hole.</summary>
    public static byte[] Gguf
    {
        get
        {
            var builder = GgufSamples.Model();
            return [.. builder.Header(), .. new byte[builder.DataLength]];
        }
    }

    /// <summary>A snapshot of the Hugging Face cache: links into blobs.</summary>
    /// <param name="cache">The folder of the cache.</param>
    /// <param name="model">The model, <c>owner/name</c>.</param>
    /// <param name="files">Its files.</param>
    public void AddSnapshot(string cache, string model, params (string Name, byte[] Bytes)[] files)
    {
        var repository = $"{cache}/models--{model.Replace("/", "--", StringComparison.Ordinal)}";
        home.Write($"{repository}/refs/main", Commit);
        foreach (var (name, bytes) in files)
        {
            var digest = Digest(bytes);
            Write($"{repository}/blobs/{digest}", bytes);
            var link = home.At($"{repository}/snapshots/{Commit}/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, Path.Combine("..", "..", "blobs", digest));
        }
    }

    /// <summary>A Llama of two layers, as Transformers leaves it in the cache.</summary>
    public void AddTiny(string cache, string model)
    {
        AddSnapshot(cache, model, ("config.json", TinyModel.ConfigBytes), ("model.safetensors", TinyModel.SafetensorsBytes()));
    }

    /// <summary>A model of Ollama: a manifest that names blobs.</summary>
    /// <param name="store">The folder of the store.</param>
    /// <param name="name">The model and its tag: <c>llama3.1/8b</c>.</param>
    /// <param name="layers">What it is made of.</param>
    public void AddOllama(string store, string name, params (string Kind, byte[] Bytes)[] layers)
    {
        Array.ForEach(layers, layer => Write($"{store}/blobs/sha256-{Digest(layer.Bytes)}", layer.Bytes));
        var entries = layers.Select(layer =>
            $$"""{"mediaType":"application/vnd.ollama.image.{{layer.Kind}}","digest":"sha256:{{Digest(layer.Bytes)}}","size":{{layer.Bytes.Length}}}""");
        home.Write($"{store}/manifests/registry.ollama.ai/library/{name}", $$"""{"schemaVersion":2,"layers":[{{string.Join(",", entries)}}]}""");
    }

    public void Write(string relative, byte[] bytes)
    {
        var path = home.At(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public static string Digest(byte[] bytes)
    {
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public static byte[] Bytes(string text)
    {
        return Encoding.UTF8.GetBytes(text);
    }
}
