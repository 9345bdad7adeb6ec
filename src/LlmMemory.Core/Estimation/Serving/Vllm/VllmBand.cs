using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// The band of an estimate: measured where the settings are those of the measured runs, none where they are not. On a
/// device that is filled the total is the budget, and the cache takes up what the rest is wrong by.
/// </summary>
internal sealed class VllmBand
{
    private const int MostRanks = 4;

    private readonly MeasuredError? _error;
    private readonly string? _reason;

    /// <summary>Finds the evidence.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="profile">The version.</param>
    public VllmBand(VllmModel model, VllmSettings settings, VllmProfile profile)
    {
        _reason = ReasonForNone(model, settings, profile);
        _error = _reason is null ? profile.Error : null;
    }

    /// <summary>One of <see cref="EstimateValidation"/>.</summary>
    public string Validation => _error is null ? EstimateValidation.Unvalidated : EstimateValidation.HeldOut;

    /// <summary>The band in a sentence, or why there is none.</summary>
    public string Sentence => _error is { } error
        ? $"LowBytes and HighBytes: all but cache and CUDA context x {error.Least} to {error.Greatest}, the range of {error.Runs} runs on H100 "
            + $"of {error.Families} model families that no coefficient came from."
        : $"No band: {_reason}.";

    /// <summary>The ends of the band; null where there is none.</summary>
    /// <param name="drafts">The components.</param>
    public (long? Low, long? High) Of(ComponentDraft[] drafts)
    {
        if (_error is not { } error)
        {
            return (null, null);
        }

        var (total, measured) = (0L, 0L);
        foreach (var draft in drafts)
        {
            total = checked(total + draft.TotalBytes);
            measured += IsMeasured(draft) ? draft.TotalBytes : 0;
        }

        return (error.LowBytes(total, measured), error.HighBytes(total, measured));
    }

    private static bool IsMeasured(ComponentDraft draft)
    {
        return draft.FirstDevice != ComponentDraft.Host && draft.Role != ComponentRole.KvCache && draft.Name != VllmOverheads.Context;
    }

    private static string? ReasonForNone(VllmModel model, VllmSettings settings, VllmProfile profile)
    {
        return settings switch
        {
            _ when profile.Error is null => $"no run of vLLM {profile.Version} was kept back when its coefficients were chosen",
            { Resolved.DeviceMemory: not null } => "the cache takes up what the rest of a filled device is wrong by",
            { TensorParallel: > MostRanks } or { PipelineParallel: > 1 } or { DecodeContextParallel: > 1 }
                or { Resolved.DataParallel: > 1 } or { Resolved.ExpertParallel: true } => "one stage of up to 4 ranks was measured",
            { Resolved.LoraSlots: not null } or { SpeculativeTokens: > 0 } or { Resolved.EnforceEager: true } =>
                "no run with adapters, drafting or without CUDA graphs was measured",
            { IsMeasuredBatch: false } => "1024 sequences and 8192 tokens were measured (-MaxSequences, -MaxBatchedTokens)",
            _ when !model.Mxfp4.IsEmpty => "the layout of experts in MXFP4 was found on the only runs with them",
            _ when model.Served.ElementBytes != 2 || model.Served.Mixers.All.Any(group => group.Mixer is RecurrentMixer) =>
                "no run in 32 bits or of a model with states was measured",
            _ => null,
        };
    }
}
