using System;
using System.Collections.Generic;
using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Estimation.Serving.LlamaCpp.Weights;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The weights that a graph computes with. Those that lie on a GPU are one and the same to the scheduler; those on the
/// host may be copied to a GPU, and so are themselves.
/// </summary>
internal sealed class GraphWeights
{
    private const string Ending = ".weight";

    private readonly ComputeRequest _request;
    private readonly bool _hasRules;
    private readonly GraphTensor[] _resident;
    private readonly Dictionary<PlacedWeight, GraphTensor> _onHost = [];

    /// <summary>Prepares the weights.</summary>
    /// <param name="request">What is asked.</param>
    public GraphWeights(ComputeRequest request)
    {
        _request = request;
        var settings = request.Settings;
        _hasRules = settings.TensorOverrides.Count > 0 || settings.CpuMoe || settings.CpuMoeLayers > 0;
        _resident = new GraphTensor[settings.DeviceCount + 1];
        for (var i = 0; i < _resident.Length; i++)
        {
            _resident[i] = GraphOperations.Weights(i - 1, 0, 0);
        }
    }

    /// <summary>False once a weight was asked for that the file does not have: the graph is then not llama.cpp's.</summary>
    public bool AreComplete { get; private set; } = true;

    /// <summary>The matrix that makes logits.</summary>
    public GraphTensor Head => Placed(_request.Model.Weights.Head, _request.Placement.Output);

    /// <summary>The device of a layer.</summary>
    /// <param name="layer">The layer.</param>
    public int DeviceOf(LlamaCppLayer layer)
    {
        return _request.Placement[layer.Index];
    }

    /// <summary>A tensor of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Its name within the layer; a weight may lack the ending.</param>
    public GraphTensor Of(LlamaCppLayer layer, string name)
    {
        return Placed(layer.Find(name) ?? WithoutEnding(layer, name), DeviceOf(layer));
    }

    /// <summary>A tensor outside the layers.</summary>
    /// <param name="name">Its name.</param>
    public GraphTensor Shared(string name)
    {
        var weight = _request.Model.Weights.Find(name);
        return Placed(weight, weight?.Place switch
        {
            WeightPlace.Output => _request.Placement.Output,
            WeightPlace.Layer => _request.Placement[0],
            _ => GraphDevice.Host,
        });
    }

    /// <summary>True where the file has that tensor outside the layers.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name)
    {
        return _request.Model.Weights.Find(name) is not null;
    }

    /// <summary>
    /// The factors of rotary positions on a device; null where the file has none. Source: ggml-org/llama.cpp v0.5.0,
    /// src/llama-model.cpp (get_rope_factors): those for long contexts are as large as those for short ones.
    /// </summary>
    /// <param name="device">The device of the layer.</param>
    public GraphTensor? RotaryFactors(int device)
    {
        var weights = _request.Model.Weights;
        if ((weights.Find("rope_freqs.weight") ?? weights.Find("rope_factors_short.weight")) is not { } factors)
        {
            return null;
        }

        return Placed(factors, device);
    }

    private static PlacedWeight? WithoutEnding(LlamaCppLayer layer, string name)
    {
        return name.EndsWith(Ending, StringComparison.Ordinal) ? layer.Find(name.Substring(0, name.Length - Ending.Length)) : null;
    }

    private GraphTensor Placed(PlacedWeight? weight, int home)
    {
        if (weight is null)
        {
            AreComplete = false;
            return _resident[home + 1];
        }

        var device = _hasRules ? WeightTable.DeviceOf(weight, home, _request.Settings) : home;
        return device == GraphDevice.Host && _request.Placement.GpuCount > 0 ? OnHost(weight) : _resident[device + 1];
    }

    private GraphTensor OnHost(PlacedWeight weight)
    {
        if (!_onHost.TryGetValue(weight, out var tensor))
        {
            tensor = GraphOperations.Weights(GraphDevice.Host, weight.Size.OnHost, weight.Size.OnGpu);
            _onHost.Add(weight, tensor);
        }

        return tensor;
    }
}
