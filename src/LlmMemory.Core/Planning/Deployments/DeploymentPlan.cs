using System;
using System.Collections.Generic;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Naming;
using LlmMemory.Planning.Limits;

namespace LlmMemory.Planning.Deployments;

/// <summary>A way to run a workload: on which devices, how many, in which layout, and what that gives.</summary>
public sealed class DeploymentPlan
{
    private readonly DeploymentTrial _trial;
    private readonly DeploymentTerms _terms;
    private readonly Lazy<Roofline?> _roofline;
    private readonly Lazy<long?> _maxContext;
    private readonly Lazy<long?> _maxConcurrency;

    internal DeploymentPlan(DeploymentTrial trial, DeploymentTerms terms)
    {
        _trial = trial;
        _terms = terms;
        _roofline = new Lazy<Roofline?>(() => Roofline.Of(trial));
        _maxContext = new Lazy<long?>(() => LimitOf(CountedSetting.ContextLength));
        _maxConcurrency = new Lazy<long?>(() => Fit?.MaxConcurrency ?? LimitOf(CountedSetting.Concurrency));
    }

    /// <summary>The plan's place by the objective, from 1; 0 for one that does not fit.</summary>
    public int Rank { get; internal init; }

    /// <summary>The model's name, null where only a parameter count is known.</summary>
    public string? Model => Estimate?.Model ?? _trial.Case.Model?.Name;

    /// <summary>How the weights are stored.</summary>
    public string? DataType => Estimate?.DataType;

    /// <summary>How keys and values are cached; null where nothing is served.</summary>
    public string? KvCacheType => Estimate?.KvCacheType;

    /// <summary>The engine or framework; null where none is modelled.</summary>
    public string? Engine => Fit?.Engine;

    /// <summary>The devices.</summary>
    public string Gpu => _trial.Candidate.Pool.Devices[0].Name;

    /// <summary>Who makes them; null where their kind is not known.</summary>
    public string? GpuVendor => _trial.Candidate.Gpu?.Vendor;

    /// <summary>The machine type of a cloud; null for none in particular.</summary>
    public string? Instance => _trial.Candidate.Instance?.Name;

    /// <summary>The devices of all copies.</summary>
    public int GpuCount => _trial.Gpus;

    /// <summary>The machines that they stand in.</summary>
    public int Nodes => _trial.Candidate.NodesOf(GpuCount);

    /// <summary>The devices of one machine.</summary>
    public int GpusPerNode => Math.Min(GpuCount, _trial.Candidate.GpusPerNode);

    /// <summary>The ranks that each layer is split over; null where nothing is.</summary>
    public int? TensorParallel => Estimate?.TensorParallel;

    /// <summary>The stages that the layers are spread over; null where they are not.</summary>
    public int? PipelineParallel => Estimate?.PipelineParallel;

    /// <summary>Serving: the copies of the model. Training: the ranks with samples of their own.</summary>
    public int? DataParallel => _trial.Case is ServingCase ? _trial.Copies : Estimate?.DataParallel;

    /// <summary>Training: what is split over the ranks.</summary>
    public string? Sharding => Estimate?.Sharding;

    /// <summary>Training: what is computed again.</summary>
    public string? Recompute => Estimate?.Recompute;

    /// <summary>llama.cpp: the layers on devices, where some stay on the host.</summary>
    public int? GpuLayers => Estimate?.GpuLayers;

    /// <summary>The tokens that a request may have.</summary>
    public long? ContextLength => Estimate?.ContextLength;

    /// <summary>The requests in flight at a time on one copy.</summary>
    public long? Concurrency => Fit?.Needed.Concurrency;

    /// <summary>The longest context that would fit, all else the same; null where it is not a question.</summary>
    public long? MaxContextLength => _maxContext.Value;

    /// <summary>The requests that would fit on one copy, all else the same; null where it is not a question.</summary>
    public long? MaxConcurrency => _maxConcurrency.Value;

    /// <summary>True where it fits.</summary>
    public bool Fits => _trial.Fits;

    /// <summary>Why it does not fit, or is no plan at all; null where it fits.</summary>
    public string? Reason => _trial.Reason;

    /// <summary>What the device with the least room has to hold.</summary>
    public long? RequiredBytes => Fit?.RequiredBytes;

    /// <summary>What stays free on it.</summary>
    public long? HeadroomBytes => Fit?.HeadroomBytes;

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double? HeadroomGiB => Fit?.HeadroomGiB;

    /// <summary>The same as a share of what there is.</summary>
    public double? HeadroomShare => Fit is { AvailableBytes: > 0 } fit ? fit.HeadroomBytes / (double)fit.AvailableBytes : null;

    /// <summary>What the host has to hold; null where it is not modelled.</summary>
    public long? HostBytes => Fit?.HostRequiredBytes;

    /// <summary>A bound of the tokens that all copies write in a second, every request at its full length; no engine reaches it.</summary>
    public double? DecodeTokensPerSecondBound => _roofline.Value?.DecodeTokensPerSecond * _trial.Copies;

    /// <summary>A bound of the tokens of prompts that all copies read in a second; no engine reaches it.</summary>
    public double? PrefillTokensPerSecondBound => _roofline.Value?.PrefillTokensPerSecond * _trial.Copies;

    /// <summary>What an hour costs, whole machines where they are let whole; null without a price.</summary>
    public decimal? CostPerHour => _trial.Candidate.CostPerHour(GpuCount);

    /// <summary>The least that a million written tokens cost, at the bound of their speed; null without a price.</summary>
    public double? CostPerMillionTokensBound => (double?)CostPerHour / DecodeTokensPerSecondBound / 3600 * 1e6;

    /// <summary>The currency of the prices; null where nobody says it.</summary>
    public string? Currency => _trial.Candidate.Price?.Currency;

    /// <summary>What evidence stands behind the estimate; null where there is none.</summary>
    public string? Validation => Estimate?.Validation;

    /// <summary>The estimate of one copy; null where the engine refuses the layout.</summary>
    public MemoryEstimate? Estimate => Fit?.Estimate;

    /// <summary>The verdict on one copy; null where the engine refuses the layout.</summary>
    public MemoryFit? Fit => _trial.Fit;

    /// <summary>What was assumed.</summary>
    public DetailList<string> Assumptions => new([.. Notes(), .. (IEnumerable<string>?)Fit?.Assumptions ?? []]);

    /// <summary>What was tried.</summary>
    internal DeploymentTrial Trial => _trial;

    /// <summary>The plan in one line.</summary>
    public override string ToString()
    {
        return Fits ? FormattableString.Invariant($"{GpuCount} x {Gpu}, {HeadroomGiB:0.#} GiB free") : $"{GpuCount} x {Gpu}: {Reason}";
    }

    /// <summary>The same plan in its place.</summary>
    internal DeploymentPlan At(int rank)
    {
        return new DeploymentPlan(_trial, _terms) { Rank = rank };
    }

    private IEnumerable<string> Notes()
    {
        if (_trial.Copies > 1)
        {
            yield return $"{_trial.Copies} copies share the requests; the estimate is that of one.";
        }

        if (_roofline.Value is not null)
        {
            yield return "Speeds are bounds by bandwidth and dense operations as sold; speculative decoding can write more tokens than it reads weights for.";
        }

        if (_trial.Candidate.Gpu is { } gpu && EngineDevices.Note(_trial.Case, gpu) is { } note)
        {
            yield return note;
        }
    }

    private long? LimitOf(LimitSetting setting)
    {
        return Fits && _trial.Case is ServingCase
            ? LimitSearch.Find(_trial.Case, setting, LimitDirection.Maximize, _trial.Candidate.Pool.Take(_trial.GpusPerCopy), _terms.Fit).Value as long?
            : null;
    }
}
