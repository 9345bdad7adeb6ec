using System.Globalization;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// Compute buffers in closed form: for each device the moment at which most is alive. Source: the allocation rules of
/// ggml-org/llama.cpp v0.5.0, ggml/src/ggml-alloc.c and ggml/src/ggml-backend.cpp, checked against 3,369 settings of 36
/// models.
/// </summary>
internal sealed class ClosedForm
{
    // GGML_SCHED_MAX_COPIES: so many batches are under way at once over several GPUs.
    private const int PipelineCopies = 4;

    // ggml_backend_cuda_device_offload_op.
    private const int OffloadTokens = 32;

    private readonly ComputeRequest _request;
    private readonly LlamaCppPlacement _placement;
    private readonly LayerMoments _layer;
    private readonly bool _isPipelined;
    private readonly bool _hasHostLayers;
    private readonly bool _hasHostExperts;
    private readonly bool _offloads;
    private readonly Moment[] _moments;

    private ClosedForm(ComputeRequest request)
    {
        _request = request;
        _placement = request.Placement;
        _layer = new LayerMoments(request);
        var settings = request.Settings;
        var keepsExperts = settings.CpuMoe || settings.CpuMoeLayers > 0;
        var hasRules = keepsExperts || settings.TensorOverrides.Count > 0;
        _isPipelined = _placement.GpuCount > 1 && _placement.IsFull && settings.KvOffload && !hasRules;
        _hasHostLayers = _placement.Layers > 0 && _placement[0] == LlamaCppPlacement.Host;

        // Rules for single tensors that lead to the host are about experts, as good as always.
        _hasHostExperts = request.Shape.Mixture is not null
            && (keepsExperts || settings.TensorOverrides.Any(rule => rule.Gpu is null));
        _offloads = _placement.GpuCount > 0 && settings.OpOffload && request.Tokens >= OffloadTokens
            && (_hasHostLayers || _hasHostExperts);
        _moments = new Moment[settings.DeviceCount + 1];
    }

    /// <summary>The buffers.</summary>
    /// <param name="request">What is asked.</param>
    public static ComputeBuffers Of(ComputeRequest request)
    {
        var form = new ClosedForm(request);
        var bytes = new DeviceBytes(request.Settings.DeviceCount);
        for (var device = LlamaCppPlacement.Host; device < request.Settings.DeviceCount; device++)
        {
            var moment = device == LlamaCppPlacement.Host ? form.Host() : form.Gpu(device);
            form._moments[device + 1] = moment;
            bytes.Add(device, device == LlamaCppPlacement.Host ? moment.Bytes : Alignment.Up(moment.Bytes, Alignment.Gpu));
        }

        return new ComputeBuffers(bytes, ComputeMethod.ClosedForm, form.Formula);
    }

    private Moment Host()
    {
        var host = new HostMoments(_request, _layer);
        return this switch
        {
            { _isPipelined: true } => host.Feeding(PipelineCopies),
            { _offloads: false, _hasHostLayers: true } => host.Computing(_placement.Output == LlamaCppPlacement.Host),
            { _offloads: true, _hasHostLayers: true } => WithLogits(host.Storing()),
            { _offloads: false, _hasHostExperts: true } => host.ComputingExperts(),
            _ => host.Feeding(copies: 1),
        };
    }

    // So few rows of logits are not worth a copy of the head: the host computes them.
    private Moment WithLogits(Moment moment)
    {
        return _placement.Output == LlamaCppPlacement.Host && _request.Context.Outputs < OffloadTokens
            ? moment.Or(_layer.Logits().Plus(_request.HiddenBytes))
            : moment;
    }

    private Moment Gpu(int gpu)
    {
        var isFirst = gpu == _placement.FirstGpu;
        var moment = HasLayers(gpu) ? LayersOn(isFirst) : default;
        if (isFirst && _offloads)
        {
            moment = moment.Or(_layer.Fullest(onGpu: true, withExperts: !_hasHostExperts))
                .Or(new OffloadedMoments(_request, _layer, _hasHostLayers).Fullest());
        }

        moment = _placement.Output == gpu ? moment.Or(_layer.Logits(_isPipelined)) : moment;
        moment = isFirst && _offloads ? moment.Or(CopiedHead()) : moment;
        return moment.Bytes == 0 || !_isPipelined ? moment : moment.Plus(PipelinedInputs(isFirst));
    }

    private Moment LayersOn(bool isFirst)
    {
        var layer = _layer.Fullest(onGpu: true, withExperts: !_hasHostExperts);

        // The first layer of a GPU finds its input copied, and does without the gap that the embedding leaves.
        var isEntered = _hasHostLayers && !_offloads && isFirst && _request.Shape.Heads > 0;
        return isEntered ? layer.Plus(-_request.HiddenBytes) : layer;
    }

    private Moment CopiedHead()
    {
        return _placement.Output == LlamaCppPlacement.Host && _request.Context.Outputs >= OffloadTokens
            ? _layer.Logits().Plus(_request.Model.Weights.Head?.Size.OnGpu ?? 0) with { Name = "logits with a copied head" }
            : default;
    }

    // Further copies of the inputs, and of what comes from the device before: the embedding, or the residual and the
    // normalised states.
    private long PipelinedInputs(bool isFirst)
    {
        var passed = isFirst ? 1 : 2;
        var states = _request.Shape is { Heads: 0, Recurrence: Mamba } ? 3 * passed : passed;
        return ((PipelineCopies - 1) * _layer.Inputs) + (PipelineCopies * states * _request.HiddenBytes);
    }

    private bool HasLayers(int gpu)
    {
        for (var i = 0; i < _placement.Layers; i++)
        {
            if (_placement[i] == gpu)
            {
                return true;
            }
        }

        return false;
    }

    private string Formula(int device)
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "closed form: {0}, {1} tokens at a time, {2} of them with logits, inputs of {3} bytes{4}",
            _moments[device + 1].Name,
            _request.Tokens,
            _request.Context.Outputs,
            _layer.Inputs,
            _isPipelined ? " in 4 copies" : string.Empty);
    }
}
