using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace LlmMemory.Benchmarks.Safetensors;

/// <summary>
/// A checkpoint like DeepSeek-V3's: 160 files with the 8-bit experts of 60 layers one by one, each with its scales, and
/// an index of some 8 million bytes. The weights are holes.
/// </summary>
internal sealed class ShardedCheckpoint : IDisposable
{
    public const int Files = 160;

    private const int Layers = 60;

    private const int Experts = 232;

    private static readonly string[] Projections = ["gate_proj", "up_proj", "down_proj"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmmemory-");
    private readonly StringBuilder _index = new("{\"metadata\":{},\"weight_map\":{");

    public ShardedCheckpoint()
    {
        var names = Names().ToList();
        var each = (names.Count + Files - 1) / Files;
        for (var i = 0; i < Files; i++)
        {
            WriteFile(i, names.Skip(i * each).Take(each));
        }

        _index.Length--;
        var index = Encoding.UTF8.GetBytes(_index.Append("}}").ToString());
        File.WriteAllBytes(IndexPath, index);
        IndexBytes = index.Length;

        // The same index where none of its files lies.
        Directory.CreateDirectory(Path.GetDirectoryName(LoneIndexPath)!);
        File.Copy(IndexPath, LoneIndexPath);
        Tensors = names.Count;
    }

    /// <summary>The model's folder.</summary>
    public string Folder => Path.Combine(_folder.FullName, "model");

    /// <summary>An index whose files are missing.</summary>
    public string LoneIndexPath => Path.Combine(_folder.FullName, "lone", "model.safetensors.index.json");

    public int IndexBytes { get; }

    /// <summary>The bytes of all headers.</summary>
    public long HeaderBytes { get; private set; }

    public int Tensors { get; }

    private string IndexPath => Path.Combine(Folder, "model.safetensors.index.json");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<string> Names()
    {
        return from layer in Enumerable.Range(0, Layers)
               from expert in Enumerable.Range(0, Experts)
               from projection in Projections
               from ending in new[] { "weight", "weight_scale_inv" }
               select string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.mlp.experts.{expert}.{projection}.{ending}");
    }

    private void WriteFile(int number, IEnumerable<string> names)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"model-{number + 1:00000}-of-{Files:00000}.safetensors");
        var json = new StringBuilder("{");
        var end = 0L;
        foreach (var name in names)
        {
            var isWeight = name.EndsWith("weight", StringComparison.Ordinal);
            var bytes = isWeight ? 256 * 512 : 2 * 4 * sizeof(float);
            var start = end;
            end += bytes;
            json.Append(
                CultureInfo.InvariantCulture,
                $"\"{name}\":{{\"dtype\":\"{(isWeight ? "F8_E4M3" : "F32")}\",\"shape\":[{(isWeight ? "256,512" : "2,4")}],\"data_offsets\":[{start},{end}]}},");
            _index.Append(CultureInfo.InvariantCulture, $"\"{name}\":\"{file}\",");
        }

        json.Length--;
        Write(Path.Combine(Folder, file), Encoding.UTF8.GetBytes(json.Append('}').ToString()), end);
    }

    private void Write(string path, byte[] header, long dataBytes)
    {
        Directory.CreateDirectory(Folder);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using var stream = File.Create(path);
        stream.Write(length);
        stream.Write(header);
        HeaderBytes += stream.Length;
        stream.SetLength(stream.Length + dataBytes);
    }
}
