using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Estimation;

/// <summary>Which component lies on which device in which phase, and the sums that follow from it.</summary>
internal sealed class MemoryLayout
{
    private const string HostName = "Host";

    private readonly ComponentDraft[] _drafts;
    private readonly EstimatePhases _phases;
    private readonly int _deviceCount;

    /// <summary>Lays the components out and finds the binding phase.</summary>
    /// <param name="drafts">The components.</param>
    /// <param name="phases">The phases of the job.</param>
    /// <exception cref="OverflowException">A sum does not fit 64 bits.</exception>
    public MemoryLayout(ComponentDraft[] drafts, EstimatePhases phases)
    {
        _drafts = drafts;
        _phases = phases;
        foreach (var draft in drafts)
        {
            _deviceCount = Math.Max(_deviceCount, draft.FirstDevice == ComponentDraft.Host ? 0 : draft.FirstDevice + draft.DeviceCount);
        }

        for (var phase = 0; phase < phases.Count; phase++)
        {
            var (total, host, fullest) = SumsOf(phase);
            HostBytes = Math.Max(HostBytes, host);

            // Of equal phases the last one binds: what is allocated at the start stays. Without a device the total decides.
            if (phase == 0 || fullest > MaxDeviceBytes || (fullest == MaxDeviceBytes && total >= TotalBytes))
            {
                (BindingPhase, TotalBytes, MaxDeviceBytes) = (phase, total, fullest);
            }
        }
    }

    /// <summary>The number of the phase in which the fullest device is fullest.</summary>
    public int BindingPhase { get; }

    /// <summary>Its name.</summary>
    public string Phase => _phases[BindingPhase];

    /// <summary>The sum of all components that live in the binding phase.</summary>
    public long TotalBytes { get; }

    /// <summary>The most that a device holds in any phase.</summary>
    public long MaxDeviceBytes { get; }

    /// <summary>The most that the host holds in any phase.</summary>
    public long HostBytes { get; }

    /// <summary>True where a component lies in memory of the host.</summary>
    public bool HasHost => Array.Exists(_drafts, draft => draft.FirstDevice == ComponentDraft.Host);

    /// <summary>How many devices there are, the host aside.</summary>
    public int DeviceCount => _deviceCount;

    /// <summary>What the components of a role take in the binding phase; null where there are none.</summary>
    public long? Sum(ComponentRole role)
    {
        long? sum = null;
        foreach (var draft in _drafts)
        {
            if (draft.Role == role)
            {
                sum = sum.GetValueOrDefault() + (draft.LivesIn(BindingPhase) ? draft.TotalBytes : 0);
            }
        }

        return sum;
    }

    /// <summary>What the components of a role take on one device in the binding phase.</summary>
    public long BytesOn(int device, ComponentRole role)
    {
        return _drafts.Where(draft => draft.Role == role && IsOn(draft, device) && draft.LivesIn(BindingPhase)).Sum(draft => draft.Bytes);
    }

    /// <summary>Every component, one for each device that holds it.</summary>
    public DetailList<MemoryComponent> Components()
    {
        return new([.. _drafts.SelectMany(Expand)]);
    }

    /// <summary>Each device with what it holds when it is fullest.</summary>
    public DetailList<DeviceMemory> Devices()
    {
        return new([.. Enumerable.Range(0, _deviceCount).Select(Device)]);
    }

    /// <summary>Each phase with its sums.</summary>
    public DetailList<PhaseMemory> Phases()
    {
        return new([.. Enumerable.Range(0, _phases.Count).Select(Describe)]);
    }

    private PhaseMemory Describe(int phase)
    {
        var (total, host, fullest) = SumsOf(phase);
        return new PhaseMemory(_phases[phase], total, fullest, host);
    }

    private (long Total, long Host, long Fullest) SumsOf(int phase)
    {
        var (total, host, fullest) = (0L, 0L, 0L);
        var devices = new long[_deviceCount];
        foreach (var draft in _drafts)
        {
            if (!draft.LivesIn(phase))
            {
                continue;
            }

            total = checked(total + draft.TotalBytes);
            if (draft.FirstDevice == ComponentDraft.Host)
            {
                host += draft.Bytes;
                continue;
            }

            for (var i = 0; i < draft.DeviceCount; i++)
            {
                fullest = Math.Max(fullest, devices[draft.FirstDevice + i] += draft.Bytes);
            }
        }

        return (total, host, fullest);
    }

    private DeviceMemory Device(int index)
    {
        var phase = Enumerable.Range(0, _phases.Count).OrderByDescending(candidate => BytesOf(index, candidate)).First();
        return new DeviceMemory(NameOf(index), BytesOf(index, phase), _phases[phase]);
    }

    private long BytesOf(int index, int phase)
    {
        return _drafts.Where(draft => IsOn(draft, index) && draft.LivesIn(phase)).Sum(draft => draft.Bytes);
    }

    private IEnumerable<MemoryComponent> Expand(ComponentDraft draft)
    {
        return Enumerable.Range(draft.FirstDevice, draft.DeviceCount)
            .Select(index => Component(draft, index, TotalBytes, draft.LivesIn(BindingPhase)));
    }

    private MemoryComponent Component(ComponentDraft draft, int device, long totalBytes, bool isInPeak)
    {
        var phases = draft.Phases == 0 ? (1u << _phases.Count) - 1 : draft.Phases;
        return new MemoryComponent(draft, NameOf(device), _phases.Describe(phases), isInPeak, totalBytes);
    }

    private static bool IsOn(ComponentDraft draft, int device)
    {
        return device >= draft.FirstDevice && device < draft.FirstDevice + draft.DeviceCount;
    }

    private static string NameOf(int device)
    {
        return device == ComponentDraft.Host ? HostName : $"Device {device}";
    }
}
