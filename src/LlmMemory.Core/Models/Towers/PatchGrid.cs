using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Towers;

/// <summary>The patches that an image is cut into.</summary>
/// <param name="PatchHeight">Pixels from top to bottom.</param>
/// <param name="PatchWidth">Pixels from left to right.</param>
/// <param name="Count">Patches in the image that the tower's positions are for; 0 where it has no such image.</param>
internal sealed record PatchGrid(int PatchHeight, int PatchWidth, long Count)
{
    /// <summary>Reads patch_size and image_size: a number, or height and width in a list.</summary>
    /// <param name="config">The configuration of the tower.</param>
    public static PatchGrid Read(ModelConfig config)
    {
        var (patchHeight, patchWidth) = ReadSize(config, "patch_size");
        var (height, width) = ReadSize(config, "image_size");
        var count = (long)(height / patchHeight) * (width / patchWidth);
        return count > 0
            ? new PatchGrid(patchHeight, patchWidth, count)
            : throw config.Invalid("image_size", "is smaller than a patch");
    }

    /// <summary>Reads patch_size alone, for a tower whose positions do not come from an image's size.</summary>
    /// <param name="config">The configuration of the tower.</param>
    public static PatchGrid ReadPatch(ModelConfig config)
    {
        var (height, width) = ReadSize(config, "patch_size");
        return new PatchGrid(height, width, 0);
    }

    private static (int Height, int Width) ReadSize(ModelConfig config, string name)
    {
        if (!config.IsList(name))
        {
            var side = config.Int(name);
            return (side, side);
        }

        var sides = config.IntList(name)!;
        return sides.Count == 2 && sides[0] > 0 && sides[1] > 0
            ? (sides[0], sides[1])
            : throw config.Invalid(name, "should have a height and a width above 0");
    }
}
