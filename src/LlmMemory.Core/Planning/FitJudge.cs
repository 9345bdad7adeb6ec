using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Quantities;

namespace LlmMemory.Planning;

/// <summary>
/// Judges whether a case fits a pool of devices. The fullest device of the estimate is put beside the roomiest of the
/// pool, and so on down: an order of devices can be chosen (CUDA_VISIBLE_DEVICES), their sizes cannot.
/// </summary>
public static class FitJudge
{
    private static readonly FitTerms DefaultTerms = new();

    /// <summary>Judges a case.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="pool">The devices.</param>
    /// <param name="terms">How careful to be; not at all when null.</param>
    /// <exception cref="LlmMemoryException">
    /// The case's own, or <see cref="ErrorIds.FitBandMissing"/>.
    /// </exception>
    public static MemoryFit Judge(EstimateCase asked, DevicePool pool, FitTerms? terms = null)
    {
        if (asked is null || pool is null)
        {
            throw new ArgumentNullException(asked is null ? nameof(asked) : nameof(pool));
        }

        var whole = JudgeOn(asked, pool, terms ?? DefaultTerms);
        return whole.Fits || pool.IsOpen || !DeviceSpread.IsFree(asked) ? whole : OnFewer(asked, pool, terms ?? DefaultTerms) ?? whole;
    }

    // Heads divide by some numbers of ranks and not by others: six devices may have to be stages where five are not.
    private static MemoryFit? OnFewer(EstimateCase asked, DevicePool pool, FitTerms terms)
    {
        for (var devices = pool.Devices.Count - 1; devices > 0; devices--)
        {
            var judged = JudgeOn(asked, pool.Take(devices), terms);
            if (judged.Fits)
            {
                return judged.With([$"{devices} of {pool.Devices.Count} devices are used.", .. judged.Assumptions]);
            }
        }

        return null;
    }

    private static MemoryFit JudgeOn(EstimateCase asked, DevicePool pool, FitTerms terms)
    {
        var (spread, note) = pool.IsOpen ? (asked, null) : DeviceSpread.Over(asked, pool.Devices.Count);
        var judged = spread is ServingCase { Prepared.Engine.ReadsDeviceMemory: true } serving
            ? FilledDevices.Judge(serving, pool, terms)
            : Judge(spread.Estimate(), spread.KnowsDevices, pool, terms);
        return note is null ? judged : judged.With([note, .. judged.Assumptions]);
    }

    /// <summary>Judges an estimate whose devices take what they need.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="knowsDevices">False for one sum that is to be spread over all devices.</param>
    /// <param name="pool">The devices.</param>
    /// <param name="terms">How careful to be.</param>
    internal static MemoryFit Judge(MemoryEstimate estimate, bool knowsDevices, DevicePool pool, FitTerms terms)
    {
        var used = pool.For(estimate.DeviceCount);
        var devices = knowsDevices ? EachDevice(estimate, used, terms) : Spread(estimate, used, terms);
        var reason = TooFew(estimate, used) ?? TooSmall(estimate, devices, terms) ?? HostTooSmall(estimate, used);
        var assumptions = new List<string>();
        assumptions.AddIf(!knowsDevices && used.Devices.Count > 1, $"One sum, spread over {used.Devices.Count} devices by their memory.");
        assumptions.AddIf(
            estimate.Run is not null,
            $"{ByteSize.FormatGiB(FitSpan.OutsideBytes(estimate))} of each device outside of PyTorch's allocator, as measured on A100: the CUDA context, and NCCL between ranks.");
        return new MemoryFit(estimate, used, devices, reason).With([.. assumptions, .. estimate.Assumptions]);
    }

    /// <summary>Why there are too few devices; null where there are enough.</summary>
    internal static string? TooFew(MemoryEstimate estimate, DevicePool pool)
    {
        return estimate.DeviceCount <= pool.Devices.Count
            ? null
            : $"It is spread over {estimate.DeviceCount} devices, and there are {pool.Devices.Count}.";
    }

    /// <summary>Why a device is too small; null where none is.</summary>
    internal static string? TooSmall(MemoryEstimate estimate, DeviceFit[] devices, FitTerms terms)
    {
        if (terms.Strict && Array.Exists(devices, device => device.FitsAtHigh is null))
        {
            throw BandMissing(estimate);
        }

        var narrow = Array.Find(devices, device => !(terms.Strict ? device.FitsAtHigh!.Value : device.Fits));
        if (narrow is null)
        {
            return null;
        }

        var need = terms.Strict ? narrow.HighBytes!.Value : narrow.RequiredBytes;
        var end = terms.Strict ? " by the high end of its band" : string.Empty;
        var free = narrow.ReservedBytes == 0 ? string.Empty : $", of which {ByteSize.FormatGiB(narrow.ReservedBytes)} stay free";
        return $"{narrow.Device} needs {Apart(need, narrow.AvailableBytes)}{end}, and {narrow.Gpu} has {Apart(narrow.AvailableBytes, need)}{free}.";
    }

    /// <summary>Why the host is too small; null where it is not, or where nobody said what it has.</summary>
    internal static string? HostTooSmall(MemoryEstimate estimate, DevicePool pool)
    {
        return estimate.HostBytes is { } needed && pool.HostBytes is { } there && needed > there
            ? $"The host needs {ByteSize.FormatGiB(needed)}, and has {ByteSize.FormatGiB(there)}."
            : null;
    }

    private static DeviceFit[] EachDevice(MemoryEstimate estimate, DevicePool pool, FitTerms terms)
    {
        var held = estimate.Devices.OrderByDescending(device => device.Bytes);
        var there = pool.Devices.OrderByDescending(device => device.AvailableBytes);
        return [.. held.Zip(there, (device, budget) => new DeviceFit(
            device.Device, budget.Name, FitSpan.Of(estimate, device.Bytes), budget.AvailableBytes, terms.Headroom.Of(budget.TotalBytes)))];
    }

    private static DeviceFit[] Spread(MemoryEstimate estimate, DevicePool pool, FitTerms terms)
    {
        var all = pool.Devices.Sum(device => (double)device.AvailableBytes);
        double Share(DeviceBudget budget)
        {
            return all == 0 ? 1.0 / pool.Devices.Count : budget.AvailableBytes / all;
        }

        return [.. pool.Devices.Select((budget, index) => new DeviceFit(
            $"Device {index}",
            budget.Name,
            FitSpan.Of(estimate, (long)Math.Ceiling(estimate.TotalBytes * Share(budget))),
            budget.AvailableBytes,
            terms.Headroom.Of(budget.TotalBytes)))];
    }

    // Two sizes that would read the same are written to the byte.
    private static string Apart(long bytes, long other)
    {
        var text = ByteSize.FormatGiB(bytes);
        return text == ByteSize.FormatGiB(other) ? FormattableString.Invariant($"{bytes:N0} bytes") : text;
    }

    private static LlmMemoryException BandMissing(MemoryEstimate estimate)
    {
        return new LlmMemoryException(
            ErrorIds.FitBandMissing,
            estimate.Model ?? ParameterCount.Format(estimate.Parameters),
            "No measured error stands behind this estimate, so it has no high end to be strict by. Leave room instead of -Strict: -Headroom 10%.");
    }
}
