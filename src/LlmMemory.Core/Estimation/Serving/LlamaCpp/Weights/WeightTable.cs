using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Weights;

/// <summary>
/// The weights of a model, added up by place once, so that an estimate adds layers and not tensors.
/// </summary>
internal sealed class WeightTable
{
    private readonly TensorSize[] _layers;
    private readonly TensorSize[] _experts;
    private readonly TensorSize _input;
    private readonly TensorSize _output;
    private readonly TensorSize _eachDevice;
    private readonly PlacedWeight? _tied;
    private readonly Dictionary<string, PlacedWeight> _shared = new(System.StringComparer.Ordinal);

    /// <summary>Adds up.</summary>
    /// <param name="weights">The tensors of the file.</param>
    /// <param name="layers">All layers, those that draft included.</param>
    /// <param name="hasLogits">False for encoders, which need no output.</param>
    public WeightTable(IReadOnlyList<PlacedWeight> weights, int layers, bool hasLogits)
    {
        Weights = weights;
        _layers = new TensorSize[layers];
        _experts = new TensorSize[layers];
        foreach (var weight in weights.Where(weight => weight.Place == WeightPlace.Layer))
        {
            var sums = weight.IsExpert ? _experts : _layers;
            sums[weight.Layer] += weight.Size;
        }

        foreach (var weight in weights.Where(weight => weight.Tensor.Layer is null))
        {
            _shared[weight.Name] = weight;
        }

        _input = Sum(WeightPlace.Input);
        _output = Sum(WeightPlace.Output);
        _eachDevice = Sum(WeightPlace.EachDevice);
        _tied = hasLogits && !weights.Any(weight => weight.Tensor.Name == "output.weight")
            ? weights.FirstOrDefault(weight => weight.Tensor.Name == "token_embd.weight")
            : null;
    }

    /// <summary>The tensors.</summary>
    public IReadOnlyList<PlacedWeight> Weights { get; }

    /// <summary>True where the head is the embedding, which lies on the GPU a second time.</summary>
    public bool TiesEmbeddings => _tied is not null;

    /// <summary>The matrix that makes logits; null for encoders.</summary>
    public PlacedWeight? Head => _tied ?? Weights.FirstOrDefault(weight => weight.Tensor.Name == "output.weight");

    /// <summary>The tensor of that name outside the layers; null where the file has none: <c>output_norm.weight</c>.</summary>
    /// <param name="name">The name.</param>
    public PlacedWeight? Find(string name)
    {
        return _shared.TryGetValue(name, out var weight) ? weight : null;
    }

    /// <summary>The weights of each device.</summary>
    /// <param name="placement">Where the layers lie.</param>
    /// <param name="settings">The settings.</param>
    public DeviceBytes On(LlamaCppPlacement placement, LlamaCppSettings settings)
    {
        return settings.TensorOverrides.Count > 0 ? TensorByTensor(placement, settings) : LayerByLayer(placement, settings);
    }

    /// <summary>The device of a tensor, rules for single tensors included.</summary>
    /// <param name="weight">The tensor.</param>
    /// <param name="home">The device that it would lie on.</param>
    /// <param name="settings">The settings.</param>
    public static int DeviceOf(PlacedWeight weight, int home, LlamaCppSettings settings)
    {
        foreach (var rule in settings.TensorOverrides)
        {
            if (rule.Matches(weight.Tensor.Name))
            {
                return rule.Gpu ?? LlamaCppPlacement.Host;
            }
        }

        return weight.IsExpert && StayOnHost(settings, weight.Layer) ? LlamaCppPlacement.Host : home;
    }

    private DeviceBytes LayerByLayer(LlamaCppPlacement placement, LlamaCppSettings settings)
    {
        var bytes = new DeviceBytes(settings.DeviceCount);
        for (var i = 0; i < _layers.Length; i++)
        {
            bytes.Add(placement[i], _layers[i]);
            bytes.Add(StayOnHost(settings, i) ? LlamaCppPlacement.Host : placement[i], _experts[i]);
        }

        bytes.Add(LlamaCppPlacement.Host, _input);
        bytes.Add(placement.Output, _output);
        AddTied(bytes, placement.Output);
        foreach (var device in DevicesWithLayers(placement))
        {
            bytes.Add(device, _eachDevice);
        }

        return bytes;
    }

    private DeviceBytes TensorByTensor(LlamaCppPlacement placement, LlamaCppSettings settings)
    {
        var bytes = new DeviceBytes(settings.DeviceCount);
        foreach (var weight in Weights)
        {
            foreach (var home in HomesOf(weight, placement).Select(home => DeviceOf(weight, home, settings)).Distinct())
            {
                bytes.Add(home, weight.Size);
            }
        }

        if (_tied is not null && DeviceOf(_tied, placement.Output, settings) is var head
            && head != DeviceOf(_tied, LlamaCppPlacement.Host, settings))
        {
            bytes.Add(head, _tied.Size);
        }

        return bytes;
    }

    private void AddTied(DeviceBytes bytes, int output)
    {
        // On the host the embedding itself serves.
        if (_tied is not null && output != LlamaCppPlacement.Host)
        {
            bytes.Add(output, _tied.Size);
        }
    }

    private static List<int> HomesOf(PlacedWeight weight, LlamaCppPlacement placement)
    {
        return weight.Place switch
        {
            WeightPlace.Input => [LlamaCppPlacement.Host],
            WeightPlace.Layer => [placement[weight.Layer]],
            WeightPlace.EachDevice => DevicesWithLayers(placement),
            WeightPlace.Output => [placement.Output],
            _ => [],
        };
    }

    private static List<int> DevicesWithLayers(LlamaCppPlacement placement)
    {
        var devices = new List<int>();
        for (var i = 0; i < placement.Layers; i++)
        {
            if (devices.Count == 0 || devices[devices.Count - 1] != placement[i])
            {
                devices.Add(placement[i]);
            }
        }

        return devices;
    }

    private static bool StayOnHost(LlamaCppSettings settings, int layer)
    {
        return settings.CpuMoe || layer < settings.CpuMoeLayers;
    }

    private TensorSize Sum(WeightPlace place)
    {
        return Weights.Where(weight => weight.Place == place)
            .Aggregate(default(TensorSize), (sum, weight) => sum + weight.Size);
    }
}
