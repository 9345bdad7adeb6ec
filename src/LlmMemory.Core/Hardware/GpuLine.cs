using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Json;
using LlmMemory.Naming;

namespace LlmMemory.Hardware;

/// <summary>One line of the table of GPUs: a JSON object. docs/gpus.md says what each field means.</summary>
internal sealed class GpuLine
{
    // What a driver and CUDA keep of a device, on the fourteen kinds of which both totals were read, nvidia-smi's and
    // CUDA's: 430 to 496 MiB up to 32 GiB, 464 to 881 MiB above (an A100 of 80 GB the most).
    private const long Small = 32L << 30;

    private const long SmallReserve = 768L << 20;

    private const long LargeReserve = 1L << 30;

    private readonly JsonNode _line;
    private readonly JsonNode? _sources;

    private GpuLine(JsonNode line)
    {
        _line = line;
        _sources = line.Get("sources");
    }

    /// <summary>The GPU's name.</summary>
    public string Name => _line.Get("name")!.AsText()!;

    /// <summary>Names that tools print, and what people call it, beside those that follow from its name.</summary>
    public IEnumerable<string> Aliases => _line.Get("aliases")?.Items.Select(alias => alias.AsText()!) ?? [];

    /// <summary>True for an entry that is understood, and not shown in lists: another memory size of a chip that is.</summary>
    public bool IsFurther => _line.Get("further")?.AsBoolean() == true;

    /// <summary>Reads the lines in order.</summary>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<GpuLine> ReadAll(byte[] file)
    {
        using var reader = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        var lines = new List<GpuLine>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(new GpuLine(JsonNode.Parse(Encoding.UTF8.GetBytes(line))));
        }

        return lines;
    }

    /// <summary>The GPU that the line describes.</summary>
    /// <param name="aliases">The spellings that are its own.</param>
    public Gpu ToGpu(IReadOnlyList<string> aliases)
    {
        return new Gpu
        {
            Name = Name,
            Aliases = aliases,
            Vendor = Text("vendor")!,
            Architecture = Text("architecture"),
            ComputeCapability = Text("computeCapability"),
            MemoryGB = Number("memoryGB")!.Value,
            TotalBytes = Size("total"),
            UsableBytes = Size("usable") ?? DerivedUsable(),
            IsUnifiedMemory = _line.Get("unified")?.AsBoolean() == true,
            BandwidthGBps = Number("bandwidth"),
            Bf16Tflops = Number("bf16"),
            Fp8Tflops = Number("fp8"),
            Fp4Tflops = Number("fp4"),
            Interconnect = Text("interconnect"),
            LinkGBps = Number("link"),
            MemoryType = Text("memoryType"),
            MemoryNote = Text("memoryNote"),
            Instances = new DetailList<CloudInstance>([.. ReadInstances()]),
            Evidence = new DetailList<GpuFigure>([.. ReadEvidence()]),
        };
    }

    // Memory as sold is at least that many GB of 1e9 bytes, on every device of which the total was read.
    private long DerivedUsable()
    {
        var total = Size("total") ?? (long)(Number("memoryGB")!.Value * 1e9);
        return total - (total <= Small ? SmallReserve : LargeReserve);
    }

    // "AWS p5.48xlarge 8"
    private IEnumerable<CloudInstance> ReadInstances()
    {
        foreach (var instance in _line.Get("instances")?.Items ?? [])
        {
            var words = instance.AsText()!.Split(' ');
            yield return new CloudInstance(words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<GpuFigure> ReadEvidence()
    {
        return GpuEvidence.Figures
            .Where(figure => _line.Get(figure.Field) is not null || figure.Field == GpuEvidence.Usable)
            .Select(figure => figure.Read(_sources, isDerived: _line.Get(figure.Field) is null, hasTotal: _line.Get("total") is not null));
    }

    private string? Text(string field)
    {
        return _line.Get(field)?.AsText();
    }

    private double? Number(string field)
    {
        return _line.Get(field)?.AsNumber();
    }

    private long? Size(string field)
    {
        return Text(field) is { } size ? GpuSize.Parse(size) : null;
    }
}
