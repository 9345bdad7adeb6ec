using System;

namespace LlmMemory.Estimation;

/// <summary>A component before the total that it is a share of is known.</summary>
/// <param name="Role">The column it counts towards.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size on each device that holds it, never negative.</param>
/// <param name="Formula">Writes its formula; called when somebody reads it, because most estimates are only sorted.</param>
/// <param name="Source">Where the formula comes from.</param>
internal readonly record struct ComponentDraft(
    ComponentRole Role, string Name, long Bytes, Func<string> Formula, string Source)
{
    /// <summary>What <see cref="FirstDevice"/> is for memory of the host.</summary>
    public const int Host = -1;

    private readonly int _furtherDevices;

    /// <summary>The first device that holds it, from 0, or <see cref="Host"/>.</summary>
    public int FirstDevice { get; init; }

    /// <summary>How many devices hold it alike, the first and those after it.</summary>
    public int DeviceCount
    {
        get => _furtherDevices + 1;
        init => _furtherDevices = value - 1;
    }

    /// <summary>The phases it lives in, bits by <see cref="EstimatePhases"/>; all of them when 0.</summary>
    public uint Phases { get; init; }

    /// <summary>Its size on all devices together.</summary>
    public long TotalBytes => checked(Bytes * DeviceCount);

    /// <summary>True where it lives in a phase.</summary>
    public bool LivesIn(int phase)
    {
        return Phases == 0 || EstimatePhases.Contains(Phases, phase);
    }
}
