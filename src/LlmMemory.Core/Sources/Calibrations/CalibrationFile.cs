using System;
using System.IO;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Calibrations;

/// <summary>
/// Keeps calibrations in files. A file is written beside its place and then takes it in one step, so a reader finds
/// the old one or the new one and never half of one; writers of the same place wait for each other.
/// </summary>
public static class CalibrationFile
{
    private const int MaxBytes = 4 << 20;

    /// <summary>Reads a calibration.</summary>
    /// <param name="place">Where it lies.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.CalibrationNotFound"/>, <see cref="ErrorIds.CalibrationUnreadable"/> or
    /// <see cref="ErrorIds.CalibrationInvalid"/>.
    /// </exception>
    public static CalibrationProfile Read(CalibrationPlace place)
    {
        if (place is null)
        {
            throw new ArgumentNullException(nameof(place));
        }

        try
        {
            return CalibrationReader.Read(place, BytesOf(place.Path), DateTime.UtcNow);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CalibrationError.NotFound(place.Name, CalibrationPlace.Names(), error);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw CalibrationError.Unreadable(place.Path, error);
        }
    }

    /// <summary>Saves a calibration.</summary>
    /// <param name="profile">The calibration.</param>
    /// <param name="place">Where it is to lie.</param>
    /// <param name="write">What is done with one that is there already.</param>
    /// <returns>What lies there now.</returns>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.CalibrationExists"/>, <see cref="ErrorIds.CalibrationNotSaved"/>,
    /// <see cref="ErrorIds.CalibrationMismatch"/>; appending, also as for <see cref="Read"/>.
    /// </exception>
    public static CalibrationProfile Save(CalibrationProfile profile, CalibrationPlace place, CalibrationWrite write)
    {
        if (profile is null || place is null)
        {
            throw new ArgumentNullException(profile is null ? nameof(profile) : nameof(place));
        }

        try
        {
            using var turn = new CalibrationTurn(place.Path);
            CheckPlace(place, write);
            var isThere = place.IsTaken;
            var whole = isThere && write == CalibrationWrite.Append ? Read(place).With(profile) : profile;
            Write(place.Path, Encoding.UTF8.GetBytes(CalibrationText.Of(whole, DateTime.UtcNow)), isThere);
            return Read(place);
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw CalibrationError.NotSaved(place.Path, error);
        }
    }

    /// <summary>Refuses a place that is taken, where what lies there is to be left.</summary>
    /// <param name="place">The place.</param>
    /// <param name="write">What is done with what is there already.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CalibrationExists"/>.</exception>
    public static void CheckPlace(CalibrationPlace place, CalibrationWrite write)
    {
        if (place is null)
        {
            throw new ArgumentNullException(nameof(place));
        }

        if (write == CalibrationWrite.Create && place.IsTaken)
        {
            throw CalibrationError.Exists(place.Name);
        }
    }

    private static byte[] BytesOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[MaxBytes + 1];
        var (filled, read) = (0, 0);
        while (filled < bytes.Length && (read = file.Read(bytes, filled, bytes.Length - filled)) > 0)
        {
            filled += read;
        }

        if (filled > MaxBytes)
        {
            throw CalibrationError.TooLarge(path, MaxBytes);
        }

        Array.Resize(ref bytes, filled);
        return bytes;
    }

    private static void Write(string path, byte[] bytes, bool replaces)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            WriteWhole(beside, bytes);
            if (replaces)
            {
                File.Replace(beside, path, null);
            }
            else
            {
                File.Move(beside, path);
            }
        }
        finally
        {
            File.Delete(beside);
        }
    }

    // Flushed to the disk before it takes the place, so that no crash leaves an empty file there.
    private static void WriteWhole(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(bytes, 0, bytes.Length);
        file.Flush(flushToDisk: true);
    }
}
