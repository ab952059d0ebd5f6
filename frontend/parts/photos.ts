/** Photographs are shown, made smaller on the phone and can be taken out before sending. */

import { fileSize, make, onArrival } from "./dom";

const LONGEST_SIDE = 2048;
const QUALITY = 0.82;

interface Photo {
  file: File;
  preview: string;
  was: number;
}

async function decode(
  file: File,
): Promise<{ image: CanvasImageSource; width: number; height: number }> {
  if ("createImageBitmap" in window) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    return { image: bitmap, width: bitmap.width, height: bitmap.height };
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  return { image, width: image.naturalWidth, height: image.naturalHeight };
}

/** Redraws a photograph at no more than 2,048 pixels; that also drops what the camera noted in it. */
export async function shrink(file: File): Promise<File> {
  const { image, width, height } = await decode(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) =>
    canvas.toBlob(done, "image/jpeg", QUALITY),
  );
  if (!blob) throw new Error("no picture");
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", {
    type: "image/jpeg",
  });
}

function start(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  if (!input || typeof DataTransfer !== "function") return;
  const photos: Photo[] = [];
  input.classList.add("file-under");
  const label = make("label", "button secondary", box.dataset.add ?? "");
  label.htmlFor = input.id;
  // The field's own label names the input; this one is for eyes and fingers.
  label.setAttribute("aria-hidden", "true");
  input.after(label);
  const list = make("ul", "photo-list");
  const said = make("p", "error");
  said.setAttribute("role", "status");
  said.hidden = true;
  box.append(list, said);
  let working: Promise<void> | null = null;

  const deliver = (): void => {
    const carrier = new DataTransfer();
    for (const photo of photos) carrier.items.add(photo.file);
    input.files = carrier.files;
    list.replaceChildren(...photos.map(card));
  };

  const card = (photo: Photo, place: number): HTMLLIElement => {
    const item = make("li");
    if (photo.preview) {
      const picture = make("img");
      picture.src = photo.preview;
      picture.alt = photo.file.name;
      item.append(picture);
    }
    const shrunk = photo.file.size < photo.was ? `${box.dataset.shrunk ?? ""} ` : "";
    item.append(make("p", "small soft", `${shrunk}${fileSize(photo.file.size)}`));
    const remove = make("button", "button secondary small", box.dataset.remove ?? "×");
    remove.type = "button";
    remove.setAttribute("aria-label", `${box.dataset.remove ?? ""} ${photo.file.name}`);
    remove.addEventListener("click", () => {
      if (photo.preview) URL.revokeObjectURL(photo.preview);
      photos.splice(place, 1);
      deliver();
      input.focus();
    });
    item.append(remove);
    return item;
  };

  const take = async (files: File[]): Promise<void> => {
    said.hidden = true;
    if (!input.multiple) photos.length = 0;
    for (const file of input.multiple ? files : files.slice(0, 1)) {
      try {
        const small = await shrink(file);
        photos.push({
          file: small,
          preview: URL.createObjectURL(small),
          was: file.size,
        });
      } catch {
        // Formats this browser cannot draw (HEIC) go as they are: the server decides.
        if (file.type.startsWith("image/"))
          photos.push({ file, preview: "", was: file.size });
        else {
          said.textContent = `${file.name}：${box.dataset.unreadable ?? ""}`;
          said.hidden = false;
        }
      }
    }
    deliver();
  };

  const begin = (files: FileList | null | undefined): void => {
    if (!files || files.length === 0) {
      deliver();
      return;
    }
    box.toggleAttribute("data-busy", true);
    working = take(Array.from(files)).finally(() => {
      box.removeAttribute("data-busy");
      working = null;
    });
  };

  input.addEventListener("change", () => begin(input.files));
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("dragging");
  });
  for (const over of ["dragleave", "drop"])
    box.addEventListener(over, () => box.classList.remove("dragging"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    begin(event.dataTransfer?.files);
  });
  input.form?.addEventListener(
    "submit",
    (event) => {
      if (!working) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const form = event.target as HTMLFormElement;
      const button = event.submitter;
      void working.then(() => form.requestSubmit(button));
    },
    { capture: true },
  );
}

export function photos(): void {
  onArrival<HTMLElement>("[data-photos]", start);
}
