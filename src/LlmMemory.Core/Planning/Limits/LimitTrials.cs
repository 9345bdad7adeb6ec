using System.Collections.Generic;
using LlmMemory.Errors;

namespace LlmMemory.Planning.Limits;

/// <summary>The values of a setting that were tried. What a case is refused for counts as not fitting.</summary>
internal sealed class LimitTrials
{
    private readonly Dictionary<long, (MemoryFit? Fit, LlmMemoryException? Refusal)> _tried = [];
    private readonly LimitScale _scale;
    private readonly DevicePool _pool;
    private readonly FitTerms? _terms;

    /// <summary>Prepares trials.</summary>
    public LimitTrials(LimitScale scale, DevicePool pool, FitTerms? terms)
    {
        _scale = scale;
        _pool = pool;
        _terms = terms;
    }

    /// <summary>How many values were tried.</summary>
    public int Count => _tried.Count;

    /// <summary>True where a value fits.</summary>
    public bool Fits(long value)
    {
        return Try(value).Fit is { Fits: true };
    }

    /// <summary>Why the case is refused with a value; null where it is judged.</summary>
    public LlmMemoryException? RefusalOf(long value)
    {
        return Try(value).Refusal;
    }

    /// <summary>The verdict on a value; null where the case is refused with it.</summary>
    public MemoryFit? FitOf(long value)
    {
        return Try(value).Fit;
    }

    /// <summary>Why a value does not fit; null where it does.</summary>
    public string? ReasonAgainst(long value)
    {
        var (fit, refusal) = Try(value);
        return refusal?.Message ?? fit!.Reason;
    }

    private (MemoryFit? Fit, LlmMemoryException? Refusal) Try(long value)
    {
        if (!_tried.TryGetValue(value, out var verdict))
        {
            _tried[value] = verdict = Judge(value);
        }

        return verdict;
    }

    private (MemoryFit? Fit, LlmMemoryException? Refusal) Judge(long value)
    {
        try
        {
            return (FitJudge.Judge(_scale.At(value), _scale.PoolAt?.Invoke(value) ?? _pool, _terms), null);
        }
        catch (LlmMemoryException refusal) when (refusal.ErrorId != ErrorIds.FitBandMissing)
        {
            return (null, refusal);
        }
    }
}
