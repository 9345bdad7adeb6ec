using System.Management.Automation;
using System.Management.Automation.Internal;

namespace LlmMemory.Shell.Output;

/// <summary>Reads what the engine wraps.</summary>
internal static class Records
{
    /// <summary>The object inside the engine's wrapper; null for the engine's own nothing.</summary>
    public static object? Unwrap(object? value)
    {
        if (ReferenceEquals(value, AutomationNull.Value))
        {
            return null;
        }

        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }

    /// <summary>A property's value; null where reading it fails, as PowerShell's own exports do.</summary>
    public static object? ValueOf(PSPropertyInfo? property)
    {
        try
        {
            return property is { IsGettable: true } ? property.Value : null;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
