using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.LlamaCpp;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>
/// A row of shared/data/llamacpp-buffers.csv: how llama.cpp 0.5.0 (de3ff815) was started, and the buffers that it
/// reported. The table was made for this project with llama.cpp's own memory breakdown.
/// </summary>
internal sealed class BufferRow
{
    private readonly Dictionary<string, string> _cells;

    private BufferRow(Dictionary<string, string> cells)
    {
        _cells = cells;
    }

    public string Id => _cells["id"];

    public string Device => _cells["device"];

    public string Architecture => _cells["arch"];

    public string ModelFile => $"{_cells["model"]}-{_cells["quant"]}";

    public string KeyType => _cells["type_k"];

    public string ValueType => _cells["type_v"];

    public bool IsFullOffload => Device is "gpu1" or "cuda" && _cells["ngl"] == "999";

    public long this[string column] => _cells[column].Length == 0 ? 0 : long.Parse(_cells[column], CultureInfo.InvariantCulture);

    // The table leaves repacking out, and CUDA's own memory.
    public LlamaCppSettings Settings => new()
    {
        ContextLength = this["n_ctx"],
        BatchSize = (int)this["n_batch"],
        MicroBatchSize = (int)this["n_ubatch"],
        Slots = (int)this["n_seq_max"],
        MaxOutputs = (int)this["n_outputs_max"],
        UnifiedKv = this["kv_unified"] != 0,
        FullSlidingCache = this["swa_full"] != 0,
        FlashAttention = this["fa"] != 0 ? FlashAttentionMode.On : FlashAttentionMode.Off,
        KeyCacheType = DataTypeCatalogue.All.Find(_cells["type_k"]),
        ValueCacheType = DataTypeCatalogue.All.Find(_cells["type_v"]),
        GpuLayers = (int)this["ngl"],
        DeviceCount = Device switch { "cpu" => 0, "gpu2" => 2, _ => 1 },
        CpuMoe = Device == "gpu1-cmoe",
        KvOffload = this["offload_kqv"] != 0,
        OpOffload = this["op_offload"] != 0,
        CudaFusion = Device == "cuda",
        Repack = false,
        DeviceOverheadBytes = 0,
    };

    public static IReadOnlyList<BufferRow> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => Parse(columns, line)).Where(row => row._cells["error"].Length == 0)];
    }

    private static BufferRow Parse(string[] columns, string line)
    {
        var values = line.Split(',');
        return new BufferRow(columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    public override string ToString()
    {
        return $"row {Id}, {ModelFile} on {Device}";
    }
}
