using System;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Limits;

/// <summary>Looks for the last value of a setting that fits. It is exact: what fits is judged, not estimated.</summary>
public static class LimitSearch
{
    /// <summary>The largest or smallest value that fits.</summary>
    /// <param name="asked">The case; its own value of the setting does not matter.</param>
    /// <param name="setting">The setting, an entry of <see cref="LimitSettings"/>.</param>
    /// <param name="direction">Which end is looked for.</param>
    /// <param name="pool">The devices.</param>
    /// <param name="terms">How careful to be; not at all when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.LimitSettingUnsuited"/>, or what the case is refused for whatever the value.
    /// </exception>
    public static MemoryLimit Find(EstimateCase asked, LimitSetting setting, LimitDirection direction, DevicePool pool, FitTerms? terms = null)
    {
        if (asked is null || setting is null || pool is null)
        {
            throw new ArgumentNullException(asked is null ? nameof(asked) : setting is null ? nameof(setting) : nameof(pool));
        }

        var scale = setting.ScaleOf(asked, pool);
        var trials = new LimitTrials(scale, pool, terms);
        scale = scale.IsMonotone ? scale with { First = FirstAccepted(trials, scale) } : scale;
        var best = (direction, scale.IsMonotone) switch
        {
            (LimitDirection.Maximize, true) => LastOfFirst(trials, scale),
            (LimitDirection.Maximize, false) => Scan(trials, scale.Last, scale.First),
            _ => Scan(trials, scale.First, scale.Last),
        };
        return new MemoryLimit(setting, direction, scale, trials, best, pool);
    }

    // The least values may be refused: each of llama.cpp's slots takes a token at least. A case that is refused with
    // every value is wrong in something else.
    private static long FirstAccepted(LimitTrials trials, LimitScale scale)
    {
        var (refused, accepted, step) = (scale.First - 1, scale.First, 1L);
        while (trials.RefusalOf(accepted) is not null)
        {
            if (accepted == scale.Last)
            {
                throw trials.RefusalOf(scale.First)!;
            }

            (refused, accepted, step) = (accepted, Math.Min(scale.Last, scale.First + step), step * 2);
        }

        while (accepted - refused > 1)
        {
            var middle = refused + ((accepted - refused) / 2);
            (refused, accepted) = trials.RefusalOf(middle) is null ? (refused, middle) : (middle, accepted);
        }

        return accepted;
    }

    private static long? LastOfFirst(LimitTrials trials, LimitScale scale)
    {
        long? last = null;
        for (var next = FitsAgain(trials, scale, scale.First - 1); next is { } first; next = FitsAgain(trials, scale, last.Value))
        {
            last = LastFrom(first, trials, scale);
        }

        return last;
    }

    private static long? FitsAgain(LimitTrials trials, LimitScale scale, long last)
    {
        for (var value = last + 1; value <= Math.Min(scale.Last, Math.Max(scale.First, scale.FitsAgainUpTo(last))); value++)
        {
            if (trials.Fits(value))
            {
                return value;
            }
        }

        return null;
    }

    // Doubling finds the first value that is too large, halving the last that is not.
    private static long LastFrom(long first, LimitTrials trials, LimitScale scale)
    {
        var (fits, step) = (first, 1L);
        while (fits < scale.Last && trials.Fits(Math.Min(scale.Last, first + step)))
        {
            fits = Math.Min(scale.Last, first + step);
            step *= 2;
        }

        var tooLarge = Math.Min(scale.Last, first + step);
        while (fits < scale.Last && tooLarge - fits > 1)
        {
            var middle = fits + ((tooLarge - fits) / 2);
            (fits, tooLarge) = trials.Fits(middle) ? (middle, tooLarge) : (fits, middle);
        }

        return fits;
    }

    private static long? Scan(LimitTrials trials, long from, long to)
    {
        var step = Math.Sign(to - from);
        for (var value = from; ; value += step)
        {
            if (trials.Fits(value))
            {
                return value;
            }

            if (value == to)
            {
                return null;
            }
        }
    }
}
