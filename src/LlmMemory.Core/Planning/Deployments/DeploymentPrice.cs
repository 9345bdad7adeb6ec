using System.Globalization;
using LlmMemory.Errors;

namespace LlmMemory.Planning.Deployments;

/// <summary>What an hour of a device or of a machine costs.</summary>
public sealed class DeploymentPrice
{
    private DeploymentPrice(string? gpu, string? instance, decimal perHour, string? currency)
    {
        Gpu = gpu;
        Instance = instance;
        PerHour = perHour;
        Currency = currency;
    }

    /// <summary>The device that it is the price of; null for a machine's.</summary>
    public string? Gpu { get; }

    /// <summary>The machine type that it is the price of; null for a device's.</summary>
    public string? Instance { get; }

    /// <summary>The price of an hour.</summary>
    public decimal PerHour { get; }

    /// <summary>In which currency; null where nobody says it.</summary>
    public string? Currency { get; }

    /// <summary>Reads a row of a list of prices.</summary>
    /// <param name="gpu">The device's name; blank for a machine's price.</param>
    /// <param name="instance">The machine type's name; blank for a device's price.</param>
    /// <param name="perHour">The price of an hour, a number with a point.</param>
    /// <param name="currency">In which currency; may be blank.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.PriceInvalid"/>.</exception>
    public static DeploymentPrice Parse(string? gpu, string? instance, string? perHour, string? currency)
    {
        if (string.IsNullOrWhiteSpace(gpu) == string.IsNullOrWhiteSpace(instance))
        {
            throw new LlmMemoryException(
                ErrorIds.PriceInvalid,
                gpu,
                "A price is that of a GPU or of a machine type, in a column Gpu or Instance. Write a row such as Gpu 'H100 SXM5', PricePerHour 2.49.");
        }

        return decimal.TryParse(perHour, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price >= 0
            ? new DeploymentPrice(Named(gpu), Named(instance), price, Named(currency))
            : throw new LlmMemoryException(
                ErrorIds.PriceInvalid, perHour, $"{Quoted.Value(perHour)} is no price of an hour. Write a number with a point in the column PricePerHour: 2.49.");
    }

    private static string? Named(string? name)
    {
        return string.IsNullOrWhiteSpace(name) ? null : name!.Trim();
    }
}
