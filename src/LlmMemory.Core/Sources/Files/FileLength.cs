using System.IO;

namespace LlmMemory.Sources.Files;

/// <summary>How long a file is. The Hugging Face cache is made of links, and a link's own length is not its file's.</summary>
internal static class FileLength
{
    /// <summary>The bytes of the file, or of the file that a link leads to.</summary>
    /// <param name="file">The file.</param>
    public static long Of(FileInfo file)
    {
        if ((file.Attributes & FileAttributes.ReparsePoint) == 0)
        {
            return file.Length;
        }

        using var target = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return target.Length;
    }
}
